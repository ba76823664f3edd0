import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Statement } from "../../src/iam/policy-document";
import { asArray } from "../../src/iam/policy-document";
import { lambdaPermissions } from "../../src/sharing/lambda-permissions";
import { resourcePolicy } from "../../src/sharing/resource-policy";
import { secretKeyPolicy } from "../../src/sharing/secret-policy";
import type { SharedResource, SharedType } from "../../src/sharing/shared-resource";
import { sharingTrust, type SharingTrustCase } from "../trust/trusts";
import { sharedWith } from "./shared-resources";

interface GrantCase {
  readonly maker: SharingTrustCase;
  readonly granteeArn: string;
}

interface PolicyCase {
  readonly name: string;
  readonly trusts: readonly SharingTrustCase[];
  /** What is not as `sharedWith` has it. */
  readonly change?: Readonly<Record<string, unknown>>;
  /** Of a key. */
  readonly grants?: readonly GrantCase[];
  readonly policy?: { readonly Statement: readonly Statement[] };
  readonly keyPolicy?: unknown;
  readonly permissions?: unknown;
}

const TYPES = Object.values(sharedWith([])).map(({ type }) => type);

function casesOf(type: SharedType): readonly PolicyCase[] {
  return JSON.parse(readFileSync(join(__dirname, "cases", `${type}.json`), "utf8"));
}

function resourceOf(type: SharedType, { trusts, change, grants = [] }: PolicyCase): SharedResource {
  const resource = { ...sharedWith(trusts.map(sharingTrust))[type], ...change };
  return resource.type === "kms-key"
    ? {
        ...resource,
        grants: grants.map(({ maker, ...rest }) => ({ ...rest, maker: sharingTrust(maker) })),
      }
    : resource;
}

describe.each(TYPES)("the whole policy of a %s shared with", (type) => {
  test.each(casesOf(type).map((each) => [each.name, each] as const))("%s", (_, each) => {
    const resource = resourceOf(type, each);
    expect(resourcePolicy(resource)).toEqual(each.policy);
    if (resource.type === "secret") expect(secretKeyPolicy(resource)).toEqual(each.keyPolicy);
    if (resource.type === "lambda-function") {
      expect(lambdaPermissions(resource)).toEqual(each.permissions);
    }
  });

  test("anybody: each statement has a name of its own, of letters and digits", () => {
    for (const each of casesOf(type)) {
      const sids = asArray(each.policy?.Statement).map(({ Sid }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
      for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
    }
  });
});

test("a function's permissions have names that Lambda takes, and that differ where the roles do", () => {
  const trusts = ["a.b", "a_b", "a@b"].map((name) =>
    sharingTrust({
      kind: "role",
      principalArn: `arn:aws:iam::444455556666:role/${name}`,
      uniqueId: "AROAEXAMPLE0000000001",
    }),
  );
  const ids = lambdaPermissions(sharedWith(trusts)["lambda-function"]).map(
    ({ statementId }) => statementId,
  );
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[\w-]{1,100}$/);
});

test("a function cannot demand MFA or an external ID: who would need one waits for good", () => {
  const role = {
    kind: "role",
    principalArn: "arn:aws:iam::444455556666:role/ci",
    uniqueId: "AROAEXAMPLE0000000001",
  } as const;
  const shared = sharedWith([
    sharingTrust({ ...role, mfa: true }),
    sharingTrust({ ...role, externalId: "agreed" }),
  ]);
  expect(lambdaPermissions(shared["lambda-function"])).toEqual([]);
});
