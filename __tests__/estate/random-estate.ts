import fc from "fast-check";
import type { Estate, Identity, IdentityPolicy } from "../../src/estate/estate";
import { tryParseIamArn } from "../../src/iam/arn";
import type { RequestContext } from "../../src/iam/evaluation/request";
import {
  policyDocument,
  type Conditions,
  type OneOrMany,
  type PolicyDocument,
  type PolicyPrincipal,
  type Statement,
} from "../../src/iam/policy-document";

const A = "444455556666";
const B = "111122223333";

/** An account outside of every estate. */
export const OUTSIDE = "900000000001";

const ARNS = [
  `arn:aws:iam::${A}:role/foo`,
  `arn:aws:iam::${A}:role/team/bar`,
  `arn:aws:iam::${A}:user/alice`,
  `arn:aws:iam::${B}:role/ci`,
  `arn:aws:iam::${B}:role/team/deploy`,
  `arn:aws:iam::${B}:user/bob`,
];

const OUTSIDERS = [`arn:aws:iam::${OUTSIDE}:role/audit`, `arn:aws:iam::${OUTSIDE}:user/eve`];

/** The unique ID that an identity of a random estate has. */
export function uniqueIdOf(arn: string): string {
  const parsed = tryParseIamArn(arn);
  const prefix = parsed?.type === "role" ? "AROA" : "AIDA";
  return `${prefix}${parsed?.name.toUpperCase()}${parsed?.accountId}`;
}

/** Any principal element: of the estate's and other principals, by all their names. */
const principal: fc.Arbitrary<PolicyPrincipal> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<PolicyPrincipal>("*", { AWS: "*" }) },
  {
    weight: 8,
    arbitrary: fc
      .uniqueArray(
        fc.constantFrom(
          ...[...ARNS, ...OUTSIDERS],
          ...[...ARNS, ...OUTSIDERS].map(uniqueIdOf),
          ...[A, B, OUTSIDE].flatMap((id) => [id, `arn:aws:iam::${id}:root`]),
          `arn:aws:sts::${B}:assumed-role/deploy/alice`,
          `arn:aws:sts::${A}:assumed-role/foo/build`,
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((AWS) => ({ AWS })),
  },
);

const stringOperators = [
  ...["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"],
  ...["StringEqualsIfExists", "StringNotEqualsIgnoreCase", "ForAllValues:StringLike"],
  "ForAnyValue:StringEquals",
];

/** Operators and values by key: values that requests have, and others. */
const KEYS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "aws:PrincipalArn",
    ["ArnEquals", "ArnLike", "StringLike", "ArnNotEquals", "StringEquals"],
    [
      ...ARNS,
      ...OUTSIDERS,
      `arn:aws:iam::${B}:role/*`,
      `arn:aws:iam::${A}:user/*`,
      "arn:aws:iam::*:role/team/*",
      `arn:aws:iam::${OUTSIDE}:*`,
    ],
  ],
  [
    "aws:PrincipalAccount",
    ["StringEquals", "StringNotEquals", "StringLike"],
    [A, B, OUTSIDE, "1*"],
  ],
  ["aws:PrincipalType", ["StringEquals", "StringNotEquals"], ["User", "AssumedRole"]],
  ["aws:PrincipalOrgID", ["StringEquals", "StringNotEqualsIfExists"], ["o-a", "o-b"]],
  [
    "aws:userid",
    ["StringLike", "StringNotLike", "StringEquals"],
    [
      ...ARNS.map((arn) => `${uniqueIdOf(arn)}:*`),
      ...ARNS.map(uniqueIdOf),
      `${uniqueIdOf(ARNS[3])}:build`,
      "*:alice",
    ],
  ],
  ["aws:username", ["StringEquals", "StringNotLike"], ["alice", "b*"]],
  ["sts:ExternalId", stringOperators, ["alice", "build", "b*"]],
  ["sts:RoleSessionName", stringOperators, ["alice", "build", "${aws:username}"]],
  ["aws:MultiFactorAuthPresent", ["Bool", "BoolIfExists"], ["true", "false"]],
  ["aws:MultiFactorAuthAge", ["NumericLessThan", "NumericGreaterThanEquals"], ["100", "200"]],
  ["aws:SourceIp", ["IpAddress", "NotIpAddress"], ["203.0.113.0/24", "198.51.100.9"]],
  [
    "aws:CurrentTime",
    ["DateLessThan", "DateGreaterThan"],
    ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ],
  ["aws:PrincipalTag/team", stringOperators, ["blue", "red", "${sts:ExternalId}"]],
  ["sts:SourceIdentity", ["StringEquals", "StringLike", "Null"], ["alice", "true", "false"]],
  ["aws:RequestTag/team", ["StringEquals", "StringNotEquals"], ["blue", "red"]],
];

const condition = fc
  .constantFrom(...KEYS)
  .chain(([key, operators, values]) =>
    fc.tuple(
      fc.constant(key),
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...operators) },
        { weight: 1, arbitrary: fc.constant("Null") },
      ),
      fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
    ),
  )
  .map(([key, operator, values]): Conditions => ({
    [operator]: { [key]: operator === "Null" ? values.map((v) => String(v < "c")) : values },
  }));

const conditions = fc
  .array(condition, { maxLength: 2 })
  .map((all): Conditions => Object.assign({}, ...all));

const effect = fc.constantFrom(
  "Allow" as const,
  "Allow" as const,
  "Allow" as const,
  "Deny" as const,
);

const actions = fc.constantFrom<Pick<Statement, "Action" | "NotAction">>(
  { Action: "sts:AssumeRole" },
  { Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] },
  { Action: "sts:*" },
  { Action: "sts:SetSourceIdentity" },
  { NotAction: "s3:*" },
);

const trustStatement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: effect,
    named: fc.tuple(fc.boolean(), principal),
    actions,
    Condition: conditions,
  })
  .map(({ Effect, named: [isNot, named], actions: covered, Condition }) => ({
    Effect,
    // Every eighth or so: two in three are of the form that AWS refuses in trust policies anyway.
    ...(isNot && Effect === "Deny" ? { NotPrincipal: named } : { Principal: named }),
    ...covered,
    Condition,
  }));

const resource: fc.Arbitrary<OneOrMany<string>> = fc.constantFrom<OneOrMany<string>>(
  ...ARNS.filter((arn) => arn.includes(":role/")),
  [ARNS[0], ARNS[3]],
  "*",
  `arn:aws:iam::${A}:role/*`,
  "arn:aws:iam::*:role/team/${aws:username, 'bar'}",
  "arn:aws:iam::*:role/${aws:PrincipalTag/team, 'foo'}",
  "arn:aws:iam",
);

const identityStatement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: effect,
    covered: fc.tuple(fc.integer({ min: 0, max: 7 }), resource),
    actions,
    Condition: fc.oneof(fc.constant(undefined), conditions),
  })
  .map(({ Effect, covered: [not, resources], actions: named, Condition }) => ({
    Effect,
    ...named,
    ...(not === 0 ? { NotResource: resources } : { Resource: resources }),
    Condition,
  }));

const identityDocument = fc
  .array(identityStatement, { minLength: 1, maxLength: 2 })
  .map(policyDocument);

const origin = { stack: "test", address: "test" };

function identity(
  arn: string,
  organizations: Readonly<Record<string, string | undefined>>,
): fc.Arbitrary<Identity> {
  const { accountId, name, path, type } = tryParseIamArn(arn) ?? never(arn);
  const kind = type === "role" ? "role" : "user";
  return fc
    .record({
      documents: fc.array(fc.option(identityDocument, { nil: undefined, freq: 12 }), {
        maxLength: 2,
      }),
      boundary: fc.option(fc.oneof(identityDocument, fc.constant("unknown" as const)), {
        nil: undefined,
        freq: 1,
      }),
      trust: fc.array(trustStatement, { minLength: 1, maxLength: 3 }),
    })
    .map(({ documents, boundary, trust }) => ({
      kind,
      arn,
      name,
      path,
      accountId,
      uniqueId: uniqueIdOf(arn),
      organizationId: organizations[accountId],
      policies: documents.map((document, index): IdentityPolicy => ({
        name: `policy-${index}`,
        document,
        origin,
      })),
      permissionsBoundary: boundary,
      trustPolicy: kind === "role" ? policyDocument(trust) : undefined,
      defined: true,
      origin,
    }));
}

/** A small estate of two accounts, in which every identity has its unique ID. */
export const randomEstate: fc.Arbitrary<Estate> = fc
  .tuple(
    fc.subarray(ARNS, { minLength: 2 }),
    fc.record({ [A]: maybe("o-a", "o-b"), [B]: maybe("o-a", "o-b") }),
  )
  .chain(([arns, organizations]) => fc.tuple(...arns.map((arn) => identity(arn, organizations))))
  .map((identities) => ({
    accounts: new Map([A, B].map((id) => [id, { id, stacks: [id] }])),
    identities: new Map(identities.map((one) => [one.arn, one])),
    resources: new Map(),
    unknowns: [],
  }));

/** What a request may carry: with values that the conditions ask for, and others. */
export const randomContext: fc.Arbitrary<RequestContext> = fc.record({
  externalId: maybe("alice", "build", "bbb", "other"),
  roleSessionName: maybe("alice", "build", "bob", "other"),
  organizationId: maybe("o-a", "o-b"),
  mfa: fc.boolean(),
  mfaAge: fc.constantFrom(50, 150, 300),
  sourceIp: fc.constantFrom("203.0.113.7", "198.51.100.9", "192.0.2.1"),
  time: fc.constantFrom("2025-06-01T00:00:00Z", "2026-06-01T00:00:00Z", "2027-06-01T00:00:00Z"),
  sourceIdentity: maybe("alice", "bob"),
  sessionTags: fc.constantFrom(undefined, undefined, { team: "blue" }, { team: "green" }),
  keys: fc.constantFrom<RequestContext["keys"]>(
    {},
    { "aws:PrincipalTag/team": "blue" },
    { "aws:PrincipalTag/team": "alice" },
  ),
});

/** A session name that a role may call by. */
export const randomSession = fc.constantFrom(undefined, "alice", "build", "other");

function maybe(...values: readonly string[]): fc.Arbitrary<string | undefined> {
  return fc.constantFrom(undefined, ...values);
}

/** A policy by which its holder may do whatever lets it in. */
export const MAY_ANYTHING: PolicyDocument = policyDocument([
  { Effect: "Allow", Action: "*", Resource: "*" },
]);

function never(arn: string): never {
  throw new Error(`not an ARN: ${arn}`);
}
