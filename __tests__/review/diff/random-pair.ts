import fc from "fast-check";
import type { Estate, Identity } from "../../../src/estate/estate";
import { tryParseIamArn } from "../../../src/iam/arn";
import type { RequestContext } from "../../../src/iam/evaluation/request";
import { policyDocument, type Conditions, type Statement } from "../../../src/iam/policy-document";

const A = "111111111111";
const B = "222222222222";
const OUT = "900000000001";

const ROLES = [
  `arn:aws:iam::${A}:role/deploy`,
  `arn:aws:iam::${A}:role/ops/audit`,
  `arn:aws:iam::${B}:role/ci`,
];
const USERS = [`arn:aws:iam::${B}:user/alice`];

const PRINCIPALS = [
  ...[...ROLES, ...USERS].map((arn) => ({ AWS: arn })),
  { AWS: `arn:aws:iam::${A}:root` },
  { AWS: B },
  { AWS: `arn:aws:iam::${OUT}:root` },
  { AWS: `arn:aws:iam::${OUT}:role/vendor` },
  { AWS: "*" },
  { AWS: `arn:aws:sts::${B}:assumed-role/ci/build` },
  { Service: "lambda.amazonaws.com" },
];

const CONDITIONS: readonly Conditions[] = [
  {},
  {},
  {},
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { StringEquals: { "sts:ExternalId": "agreed" } },
  { StringEquals: { "sts:ExternalId": ["agreed", "second"] } },
  { StringLike: { "sts:ExternalId": "ag*" } },
  { StringEquals: { "aws:PrincipalOrgID": "o-a" } },
  { ArnEquals: { "aws:PrincipalArn": ROLES[2] } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${B}:user/*` } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/vend*" } },
  { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
  { DateLessThan: { "aws:CurrentTime": "2028-01-01T00:00:00Z" } },
  { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:PrincipalAccount": B } },
];

const trustStatement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Allow" as const, "Deny" as const),
    Principal: fc.constantFrom(...PRINCIPALS),
    Action: fc.constantFrom("sts:AssumeRole", "sts:*"),
    Condition: fc.constantFrom(...CONDITIONS),
  })
  .map((statement) => statement);

const covered = fc.oneof(
  fc.record({ Action: fc.constant("sts:AssumeRole"), Resource: fc.constantFrom(...ROLES, "*") }),
  fc.record({
    Action: fc.constantFrom("s3:GetObject", "s3:*"),
    Resource: fc.constantFrom("arn:aws:s3:::data/*", "arn:aws:s3:::data/public/*"),
  }),
  fc.constant({ Action: "*", Resource: "*" }),
);

const identityStatement: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    covered,
    fc.constantFrom(...CONDITIONS.slice(0, 6)),
  )
  .map(([Effect, what, Condition]) => ({ Effect, ...what, Condition }));

const origin = { stack: "test", address: "test" };

function identity(arn: string): fc.Arbitrary<Identity> {
  const parsed = tryParseIamArn(arn);
  if (parsed === undefined) throw new Error(arn);
  const { accountId, name, path, type } = parsed;
  const kind = type === "role" ? "role" : "user";
  return fc
    .record({
      trust: fc.array(trustStatement, { minLength: 1, maxLength: 2 }),
      policy: fc.array(identityStatement, { maxLength: 2 }),
    })
    .map(({ trust, policy }): Identity => ({
      kind,
      arn,
      name,
      path,
      accountId,
      policies:
        policy.length === 0 ? [] : [{ name: "p", document: policyDocument(policy), origin }],
      ...(kind === "role" && { trustPolicy: policyDocument(trust) }),
      defined: true,
      // An address of its own, so that none is taken for another's successor.
      origin: { stack: accountId, address: arn },
    }));
}

/** Two estates of the same people: each of them the same on both sides, or otherwise, or gone. */
export const randomPair: fc.Arbitrary<readonly [Estate, Estate]> = fc
  .tuple(
    ...[...ROLES, ...USERS].map((arn) =>
      fc.tuple(
        identity(arn),
        identity(arn),
        fc.constantFrom("same", "same", "other", "gone", "new"),
      ),
    ),
  )
  .map((all) => [
    estateOf(all.flatMap(([one, , how]) => (how === "new" ? [] : [one]))),
    estateOf(
      all.flatMap(([one, other, how]) => (how === "gone" ? [] : [how === "other" ? other : one])),
    ),
  ]);

/** An estate of two accounts with these roles and users. */
export function estateOf(identities: readonly Identity[]): Estate {
  return {
    accounts: new Map([A, B].map((id) => [id, { id, stacks: [id] }])),
    identities: new Map(identities.map((one) => [one.arn, one])),
    resources: new Map(),
    unknowns: [],
  };
}

/** A request to assume a role, by somebody of the estates or of elsewhere. */
export interface RandomRequest {
  readonly roleArn: string;
  readonly arn: string;
  readonly context: RequestContext;
}

/** Values that the conditions ask for, and others. */
export const randomRequest: fc.Arbitrary<RandomRequest> = fc.record({
  roleArn: fc.constantFrom(...ROLES),
  arn: fc.constantFrom(
    ...[...ROLES, ...USERS],
    ...[A, B, OUT, "777777777777"].flatMap((id) => [
      `arn:aws:iam::${id}:role/vendor`,
      `arn:aws:iam::${id}:user/somebody`,
    ]),
  ),
  context: fc.record({
    externalId: fc.constantFrom(undefined, "agreed", "second", "agile", "none"),
    mfa: fc.boolean(),
    organizationId: fc.constantFrom(undefined, "o-a", "o-b"),
    time: fc.constantFrom("2026-12-01T00:00:00Z", "2027-06-01T00:00:00Z", "2028-06-01T00:00:00Z"),
    sourceIp: fc.constantFrom("203.0.113.200", "192.0.2.7"),
  }),
});
