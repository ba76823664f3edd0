import fc from "fast-check";
import type { Estate, EstateResource, Identity, KeyGrant } from "../../../src/estate/estate";
import { MAY_ANYTHING } from "../../../src/estate/made-up-callers";
import type { AccessRequest, Caller, RequestContext } from "../../../src/iam/evaluation/request";
import {
  asArray,
  policyDocument,
  type Conditions,
  type Statement,
} from "../../../src/iam/policy-document";
import { estateOf } from "../../estate/access-table";

const [A, B, OUT] = ["111111111111", "222222222222", "900000000001"];
const BUCKET = "arn:aws:s3:::data";
const KEY = `arn:aws:kms:eu-west-1:${A}:key/data`;
const CI = `arn:aws:iam::${B}:role/ci`;
const APP = `arn:aws:iam::${A}:role/app`;

const PRINCIPALS = ["*", A, B, OUT, CI, APP, `arn:aws:iam::${OUT}:user/keeper`].map((AWS) => ({
  AWS,
}));

const CONDITIONS: readonly Conditions[] = [
  {},
  {},
  {},
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { StringEquals: { "aws:PrincipalOrgID": "o-a" } },
  { StringNotEquals: { "aws:PrincipalOrgID": "o-a" } },
  { ArnEquals: { "aws:PrincipalArn": CI } },
  { ArnNotEquals: { "aws:PrincipalArn": [CI, `arn:aws:iam::${A}:root`] } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${B}:root` } },
  { StringEquals: { "aws:PrincipalType": "Account" } },
  { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
];

const ACTIONS = { s3: ["s3:GetObject", "s3:PutObject", "s3:*"], kms: ["kms:Decrypt", "kms:*"] };

function statement(service: keyof typeof ACTIONS): fc.Arbitrary<Statement> {
  return fc.record({
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    Principal: fc.constantFrom(...PRINCIPALS),
    Action: fc.constantFrom(...ACTIONS[service]),
    Resource: fc.constantFrom(...(service === "s3" ? [`${BUCKET}/*`, `${BUCKET}/open/*`] : ["*"])),
    Condition: fc.constantFrom(...CONDITIONS),
  });
}

const grant: fc.Arbitrary<KeyGrant> = fc.record({
  granteePrincipal: fc.constantFrom(CI, APP, `arn:aws:iam::${OUT}:user/keeper`),
  operations: fc.constantFrom(["Decrypt"], ["Encrypt"]),
  constrained: fc.constant(false),
  origin: fc.constant({ stack: "prod", address: "aws_kms_grant.one" }),
});

const bucket: fc.Arbitrary<EstateResource> = fc
  .array(statement("s3"), { maxLength: 3 })
  .map((statements) => resource("aws_s3_bucket", BUCKET, statements, []));

const key: fc.Arbitrary<EstateResource> = fc
  .tuple(fc.array(statement("kms"), { maxLength: 3 }), fc.array(grant, { maxLength: 2 }))
  .map(([statements, grants]) => resource("aws_kms_key", KEY, statements, grants));

function resource(
  type: string,
  arn: string,
  statements: readonly Statement[],
  grants: readonly KeyGrant[],
): EstateResource {
  const origin = { stack: "prod", address: type };
  const policy = policyDocument(statements);
  return { type, arn, accountId: A, policy, grants, defined: true, origin };
}

/** Roles of two accounts; one may do everything, the other nothing by itself. */
const IDENTITIES: ReadonlyMap<string, Identity> = estateOf({
  [APP]: {},
  [CI]: { policies: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
}).identities;

/** Two estates with a bucket or a key: what is allowed of them differs, or not. */
export const randomResourcePair: fc.Arbitrary<readonly [Estate, Estate]> = fc
  .oneof(fc.tuple(bucket, bucket), fc.tuple(key, key))
  .chain(([one, other]) =>
    fc.constantFrom<readonly [EstateResource, EstateResource]>(
      [one, other],
      [one, withOneMore(one, other)],
      [withOneMore(one, other), one],
    ),
  )
  .map(([before, after]) => [estateWith(before), estateWith(after)]);

/** With a statement and a grant of another one. */
function withOneMore(one: EstateResource, other: EstateResource): EstateResource {
  if (typeof one.policy !== "object" || typeof other.policy !== "object") return one;
  return {
    ...one,
    policy: {
      ...one.policy,
      Statement: [...asArray(one.policy.Statement), ...asArray(other.policy.Statement).slice(0, 1)],
    },
    grants: [...one.grants, ...other.grants.slice(0, 1)],
  };
}

function estateWith(one: EstateResource): Estate {
  return {
    accounts: new Map([A, B].map((id) => [id, { id, stacks: [id] }])),
    identities: IDENTITIES,
    resources: new Map([[one.arn, one]]),
    unknowns: [],
  };
}

/** Somebody of the estates or of elsewhere, and what his request carries. */
export interface RandomUse {
  readonly caller: Caller;
  readonly action: string;
  readonly context: RequestContext;
}

const CALLERS: readonly Caller[] = [
  ...[A, B, OUT, "777777777777"].flatMap((accountId): Caller[] => {
    const arn = `arn:aws:iam::${accountId}:`;
    return [
      { kind: "root", arn: `${arn}root`, accountId, identityPolicies: [] },
      { kind: "user", arn: `${arn}user/keeper`, accountId, ...MAY_ANYTHING },
      { kind: "role", arn: `${arn}role/other`, accountId, ...MAY_ANYTHING },
    ];
  }),
  ...[...IDENTITIES.values()].map(({ kind, arn, accountId, policies }): Caller => ({
    kind,
    arn,
    accountId,
    identityPolicies: policies,
  })),
];

export const randomUse: fc.Arbitrary<RandomUse> = fc.record({
  caller: fc.constantFrom(...CALLERS),
  action: fc.constantFrom("s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:Encrypt"),
  context: fc.record({
    mfa: fc.boolean(),
    organizationId: fc.constantFrom(undefined, "o-a", "o-b"),
    sourceIp: fc.constantFrom("203.0.113.200", "192.0.2.7"),
  }),
});

/** The request on one of the estates; undefined for an action of another service. */
export function requestOn(
  estate: Estate,
  use: RandomUse,
  object: string,
): AccessRequest | undefined {
  const [one] = estate.resources.values();
  const isKey = one.type === "aws_kms_key";
  if (use.action.startsWith("kms:") !== isKey) return undefined;
  const arn = isKey ? one.arn : `${one.arn}/${object}`;
  return { ...use, resource: { arn, accountId: one.accountId, policy: one.policy } };
}
