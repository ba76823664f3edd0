import { trustKey, trustTerms } from "../../src/trust/trust-terms";
import { trustOf, type TrustCase } from "./trusts";

const CI: TrustCase = { kind: "role", principalArn: "arn:aws:iam::111122223333:role/ci" };

/** The digest of the only trust. */
function digest(change: Partial<TrustCase>): string {
  return Object.values(trustTerms([trustOf({ ...CI, ...change })]))[0];
}

test.each<[string, Partial<TrustCase>]>([
  ["a stage", { uniqueId: "AROAEXAMPLE0000000001" }],
  ["an external ID", { externalId: "agreed" }],
  ["MFA", { mfa: true }],
  ["an organization", { organizationId: "o-a1b2c3d4e5" }],
  ["a guard", { guard: [] }],
  ["a source identity", { sourceIdentity: ["*"] }],
  ["a session tag", { sessionTags: { ticket: ["*"] } }],
  ["a session's name", { sessionName: ["ci-*"] }],
  ["an address", { sourceIp: ["203.0.113.0/24"] }],
  ["an endpoint", { sourceVpce: ["vpce-0a1b2c3d"] }],
  ["an end", { expires: "2030-01-01T00:00:00Z" }],
  ["a condition of its own", { conditions: { StringEquals: { "aws:PrincipalTag/team": "a" } } }],
])("%s changes the terms", (_, change) => {
  expect(digest(change)).not.toBe(digest({}));
});

test("another end of a confirmed trust changes the terms", () => {
  const uniqueId = "AROAEXAMPLE0000000001";
  expect(digest({ uniqueId, tighten: "unique-id" })).not.toBe(digest({ uniqueId }));
});

test("what does not show in the trust policy does not change the terms", () => {
  expect(digest({ tighten: "never" })).toBe(digest({ tighten: "principal-arn" }));
});

test("whom a trust names is the same whatever its terms", () => {
  expect(trustKey(trustOf({ ...CI, externalId: "agreed", guard: [] }))).toBe(trustKey(trustOf(CI)));
});

test("each kind of trust has a name of its own", () => {
  const account = { accountId: "111122223333" };
  const trusts: readonly TrustCase[] = [
    CI,
    { kind: "group", groupName: "Admins", ...account },
    { kind: "account", ...account },
    { kind: "service", service: "ec2.amazonaws.com" },
    { kind: "oidc", issuer: "https://gitlab.com", audience: "a", subjects: ["b", "a"], ...account },
  ];
  expect(trusts.map((trust) => trustKey(trustOf(trust)))).toEqual([
    "arn:aws:iam::111122223333:role/ci",
    "group 111122223333/Admins",
    "account 111122223333",
    "service ec2.amazonaws.com",
    "oidc https://gitlab.com a b",
  ]);
});
