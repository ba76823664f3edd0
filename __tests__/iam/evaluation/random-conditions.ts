import type { RequestContext } from "../../../src/iam/evaluation/request";
import type { Conditions, OneOrMany } from "../../../src/iam/policy-document";
import type { Random } from "./random";
import { OIDC, type Who } from "./random-caller";

/** A condition key, the operators that suit it, and values of which some will match. */
export interface KeyKind {
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
  /** Values with a variable; each resolves for every kind of caller or has a default. */
  readonly variables?: readonly string[];
  readonly multivalued?: boolean;
}

export const STRING_OPERATORS = [
  ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
  ...["StringLike", "StringNotLike", "StringLike", "StringEquals"],
];

/**
 * A `Condition` element. Left out, because the two implementations or AWS's pages differ (each is a
 * rule of the tables in `cases/`, and a line of docs/evaluation.md):
 * - aws:MultiFactorAuthPresent for a role's session: absent or false, AWS says both;
 * - a key with several values without ForAnyValue or ForAllValues: AWS does not define it;
 * - ForAnyValue with IfExists: AWS says both of an absent key;
 * - a variable without value and default under a negated operator: AWS says that it matches
 *   ("Policy variables with no value"), the simulator that it does not;
 * - ISO 8601 against seconds since 1970: AWS takes both for any date key, the simulator compares
 *   them as bare numbers;
 * - the keys `sub` and `aud` of an OIDC provider: the simulator knows only keys of the Service
 *   Authorization Reference, which lists GitHub's `repository` but not these;
 * - claims of an OIDC provider with session tags: AWS's pages show one statement with such a claim for
 *   both permissions (Amazon Cognito, "Using attributes for access control"), the simulator has no
 *   claims when it checks sts:TagSession;
 * - 0.0.0.0/0: the simulator takes /0 for /32;
 * - an IPv6 caller under NotIpAddress with a single IPv4 address: the simulator lets nothing match;
 * - variables before the fifth colon of an ARN: the simulator splits them at their own colon.
 */
export function randomConditions(
  random: Random,
  who: Who,
  context: RequestContext,
  ofService: readonly KeyKind[] = [],
): Conditions | undefined {
  if (random.chance(0.4)) return undefined;
  const kinds = [...kindsFor(who, context), ...ofService];
  const entries = random.some(kinds, 1, random.chance(0.3) ? 2 : 1).map((kind) => {
    const key = random.pick(kind.keys);
    if (random.chance(0.08)) return ["Null", { [key]: random.pick(["true", "false"]) }] as const;
    const name = mixedCase(random, operatorOf(random, kind));
    return [name, { [mixedCase(random, key)]: valuesOf(random, kind) }] as const;
  });
  return Object.fromEntries(entries);
}

function operatorOf(random: Random, kind: KeyKind): string {
  const base = random.pick(kind.operators);
  const ifExists = random.chance(0.2) ? "IfExists" : "";
  if (kind.multivalued !== true && random.chance(0.95)) return base + ifExists;
  return random.chance(0.5) ? `ForAnyValue:${base}` : `ForAllValues:${base}${ifExists}`;
}

function valuesOf(random: Random, kind: KeyKind): OneOrMany<string> {
  const pool = random.chance(0.3) ? [...kind.values, ...(kind.variables ?? [])] : kind.values;
  const values = random.some(pool, 1, 3);
  return values.length === 1 && random.chance(0.7) ? values[0] : values;
}

function mixedCase(random: Random, text: string): string {
  return random.chance(0.05) ? text.toUpperCase() : text;
}

function kindsFor(who: Who, context: RequestContext): readonly KeyKind[] {
  const tagged = context.sessionTags !== undefined;
  return [
    ...ALWAYS,
    // For which of these keys sts:TagSession and sts:SetSourceIdentity are checked, AWS leaves open.
    ...(tagged || context.sourceIdentity !== undefined ? [] : PASSED),
    ...(tagged ? TAGS : []),
    ...(context.sourceIdentity === undefined ? [] : [SOURCE_IDENTITY]),
    ...(who.kind === "user" ? MFA : []),
    ...(who.arn === OIDC && !tagged ? [REPOSITORY] : []),
  ];
}

const ALWAYS: readonly KeyKind[] = [
  {
    keys: ["aws:PrincipalArn"],
    operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "ArnLike", "ArnEquals"],
    values: [
      "arn:aws:iam::111122223333:role/bar",
      "arn:aws:iam::*:role/*",
      "arn:aws:iam::111122223333:user/people/*",
      "arn:aws:iam::444455556666:*",
      "arn:aws:iam::444455556666:role/loc?l",
    ],
    variables: ["arn:aws:iam::111122223333:user/people/${aws:username, 'nobody'}"],
  },
  { keys: ["aws:PrincipalOrgID"], operators: STRING_OPERATORS, values: ["o-a1b2c3d4e5", "o-*"] },
  {
    keys: ["aws:PrincipalAccount"],
    operators: STRING_OPERATORS,
    values: ["111122223333", "4444*"],
  },
  {
    keys: ["aws:userid"],
    operators: STRING_OPERATORS,
    values: ["AROABARBARBARBARBAR01:*", "AIDAALICEALICEALICE01", "AROA*", "aidaalicealicealice01"],
  },
  { keys: ["aws:username"], operators: STRING_OPERATORS, values: ["alice", "Lou", "lou", "a*"] },
  { keys: ["aws:PrincipalType"], operators: STRING_OPERATORS, values: ["User", "AssumedRole"] },
  {
    keys: ["aws:PrincipalTag/team", "aws:PrincipalTag/Team"],
    operators: STRING_OPERATORS,
    values: ["blue", "red", "b*", "r?d"],
  },
  { keys: ["aws:PrincipalTag/digest"], operators: ["BinaryEquals"], values: ["QmFy", "QmF6"] },
  {
    keys: ["aws:CurrentTime", "aws:TokenIssueTime"],
    operators: ["", "Not"]
      .map((not) => `Date${not}Equals`)
      .concat(
        ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((s) => `Date${s}`),
      ),
    values: [
      "2026-11-23T10:00:00Z",
      "2026-11-23T09:00:00Z",
      "2026-11-23T11:30:00+01:00",
      "2026-11-24",
    ],
  },
  {
    keys: ["aws:EpochTime"],
    operators: ["NumericLessThan", "NumericGreaterThanEquals", "NumericEquals", "NumericNotEquals"],
    values: ["1795428000", "1795427999", "1795428001"],
  },
  { keys: ["aws:SecureTransport"], operators: ["Bool"], values: ["true", "false", "True"] },
  { keys: ["aws:PrincipalIsAWSService"], operators: ["Bool"], values: ["true", "false"] },
  {
    keys: ["aws:SourceIp"],
    operators: ["IpAddress", "NotIpAddress"],
    values: ["203.0.113.0/24", "203.0.113.7", "198.51.100.0/30", "198.51.0.0/16", "2001:db8::/32"],
  },
];

const PASSED: readonly KeyKind[] = [
  {
    keys: ["sts:ExternalId"],
    operators: STRING_OPERATORS,
    values: ["some_key_build", "other", "some_*", "?ther"],
    variables: ["${aws:username, 'Other'}", "${aws:PrincipalTag/team, 'some_key_build'}", "${*}"],
  },
  {
    keys: ["sts:RoleSessionName"],
    operators: STRING_OPERATORS,
    values: ["alice", "build", "b*"],
    variables: ["${aws:username, 'build'}", "${AWS:UserName, 'alice'}*"],
  },
];

const TAGS: readonly KeyKind[] = [
  {
    keys: ["aws:TagKeys", "sts:TransitiveTagKeys"],
    operators: STRING_OPERATORS,
    values: ["team", "env", "e*"],
    multivalued: true,
  },
  {
    keys: ["aws:RequestTag/team", "aws:RequestTag/env"],
    operators: STRING_OPERATORS,
    values: ["blue", "dev", "*"],
  },
];

const SOURCE_IDENTITY: KeyKind = {
  keys: ["sts:SourceIdentity"],
  operators: STRING_OPERATORS,
  values: ["alice", "bob"],
  variables: ["${aws:username, 'bob'}"],
};

const MFA: readonly KeyKind[] = [
  { keys: ["aws:MultiFactorAuthPresent"], operators: ["Bool"], values: ["true", "false"] },
  {
    keys: ["aws:MultiFactorAuthAge"],
    operators: ["NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan"],
    values: ["3600", "100", "4000.5"],
  },
];

const REPOSITORY: KeyKind = {
  keys: ["token.actions.githubusercontent.com:repository"],
  operators: STRING_OPERATORS,
  values: ["acme/infra", "acme/*", "evil/?"],
};
