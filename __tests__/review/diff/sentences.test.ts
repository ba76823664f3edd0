import type { Estate, Identity } from "../../../src/estate/estate";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import type { Difference } from "../../../src/review/diff/difference";
import { sentencesOf } from "../../../src/review/diff/sentences";
import { withoutImplied } from "../../../src/review/diff/without-implied";
import { estateOf } from "./random-pair";

/* What diff says of policies that no accounts file makes. */

const ACCOUNT = "111111111111";
const ACCOUNTS = new Map([[ACCOUNT, "prod"]]);
const ARN = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const TRUST: Statement = {
  Effect: "Allow",
  Principal: { AWS: "222222222222" },
  Action: "sts:AssumeRole",
};
const OWN_NAME = {
  StringLike: { "sts:RoleSessionName": "${aws:username}" },
  ArnLike: { "aws:PrincipalArn": "arn:aws:iam::333333333333:user/*" },
  IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
  DateLessThan: { "aws:CurrentTime": "2031-01-31T00:00:00Z" },
};
const USERS_WITH_MFA: Statement = {
  Effect: "Allow",
  Principal: { AWS: "333333333333" },
  Action: "sts:AssumeRole",
  Condition: {
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    ArnLike: { "aws:PrincipalArn": "arn:aws:iam::333333333333:user/*" },
  },
};
const ALICE = {
  Principal: { AWS: "arn:aws:iam::333333333333:user/alice" },
  Condition: undefined,
};
const ALL: Statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };

function role(change: Partial<Identity>): Identity {
  const origin = { stack: "prod", address: "aws_iam_role.deploy" };
  return {
    kind: "role",
    arn: ARN,
    name: "deploy",
    path: "/",
    accountId: ACCOUNT,
    policies: [{ name: "own", document: policyDocument([ALL]), origin }],
    trustPolicy: policyDocument([TRUST]),
    defined: true,
    origin,
    ...change,
  };
}

function may(...statements: readonly Statement[]): Partial<Identity> {
  const { origin } = role({});
  return { policies: [{ name: "own", document: policyDocument(statements), origin }] };
}

function said(before: Partial<Identity>, after: Partial<Identity>): readonly string[] {
  const estate = (change: Partial<Identity>): Estate => estateOf([role(change)]);
  const { differences } = compareEstates(estate(before), estate(after), { accounts: ACCOUNTS });
  return sentencesOf(withoutImplied(differences)).map(
    ({ direction, text }) => `${direction}: ${text}`,
  );
}

/** Statements that allow an action each. */
function manyPermissions(count: number): readonly Statement[] {
  return Array.from({ length: count }, (_, number) => ({
    Effect: "Allow",
    Action: `ec2:Action${number}`,
    Resource: "*",
  }));
}

const MANY_ARE_TOLD =
  "widened: prod/deploy may now do ec2:Action0, ec2:Action1, ec2:Action2, ec2:Action3, ec2:Action4, ec2:Action5, ec2:Action6 and 393 more on everything";

const SETTING_IDENTITY: Statement = {
  ...TRUST,
  Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
  Condition: { StringLike: { "sts:SourceIdentity": "ci-*" } },
};

/** Lets in the tokens of GitHub with a subject. */
function tokensOf(subject: string): Statement {
  return {
    Effect: "Allow",
    Principal: {
      Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": subject } },
  };
}

const WITH_AWS = {
  name: "arn:aws:iam::aws:policy/PowerUserAccess",
  origin: role({}).origin,
};

const SEAL: Statement = {
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-11-26T00:00:00Z" } },
};

const CASES: readonly (readonly [
  string,
  Partial<Identity>,
  Partial<Identity>,
  readonly string[],
])[] = [
  [
    "sessions that are sealed",
    {},
    may(ALL, SEAL),
    [
      "narrowed: prod/deploy may do s3:* on everything with sessions issued from 2026-11-26T00:00:00Z instead of at any time",
    ],
  ],
  [
    "sessions that are sealed, of what an AWS managed policy allows",
    { policies: [WITH_AWS] },
    { policies: [WITH_AWS, ...(may(SEAL).policies ?? [])] },
    [
      "narrowed: prod/deploy may do everything on everything with sessions issued from 2026-11-26T00:00:00Z instead of at any time as far as an AWS managed policy allows it",
    ],
  ],
  [
    "a seal that is dropped, of what an AWS managed policy allows",
    { policies: [WITH_AWS, ...(may(SEAL).policies ?? [])] },
    { policies: [WITH_AWS] },
    [
      "widened: prod/deploy may do everything on everything with sessions issued at any time instead of from 2026-11-26T00:00:00Z as far as an AWS managed policy allows it",
    ],
  ],
  [
    "a deny that takes out a part",
    {},
    may(ALL, { Effect: "Deny", Action: "s3:Delete*", Resource: "arn:aws:s3:::logs/*" }),
    ["narrowed: prod/deploy may no longer do s3:Delete* on s3 logs/*"],
  ],
  [
    "a permissions boundary",
    {},
    {
      permissionsBoundary: policyDocument([{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }]),
    },
    ["narrowed: prod/deploy may no longer do s3:* on everything"],
  ],
  [
    "a permissions boundary that cannot be read",
    {},
    { permissionsBoundary: "unknown" },
    ["narrowed: prod/deploy may no longer do what a permissions boundary does not allow"],
  ],
  [
    "a permissions boundary that goes and could not be read",
    { permissionsBoundary: "unknown" },
    {},
    ["widened: prod/deploy may now do what a permissions boundary did not allow"],
  ],
  [
    "a permissions boundary that cannot be read, and other permissions",
    {},
    { ...may({ Effect: "Allow", Action: "ec2:*", Resource: "*" }), permissionsBoundary: "unknown" },
    [
      "narrowed: prod/deploy may no longer do s3:* on everything",
      "undecided: prod/deploy may or may not do ec2:* on everything: it cannot be told whether that changes",
    ],
  ],
  [
    "a pattern that becomes wider",
    may({ Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::data/*" }),
    may({ Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::*" }),
    ["widened: prod/deploy may now do s3:Get* on s3 *"],
  ],
  [
    "a condition that IfExists weakens",
    {
      trustPolicy: policyDocument([
        { ...TRUST, Condition: { StringEquals: { "sts:ExternalId": "a" } } },
      ]),
    },
    {
      trustPolicy: policyDocument([
        { ...TRUST, Condition: { StringEqualsIfExists: { "sts:ExternalId": "a" } } },
      ]),
    },
    [
      'widened: any user or role of 222222222222 can assume prod/deploy without external ID "a" now',
    ],
  ],
  [
    "an action more that is left out of everything",
    may({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
    may({ Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }),
    ["narrowed: prod/deploy may no longer do organizations:* on everything"],
  ],
  [
    "everything but some actions",
    may(ALL),
    may(ALL, { Effect: "Allow", NotAction: ["iam:*", "organizations:*"], Resource: "*" }),
    ["widened: prod/deploy may now do everything but iam:* and organizations:* on everything"],
  ],
  [
    "a resource that a deny leaves out",
    may(ALL, { Effect: "Deny", Action: "s3:Put*", NotResource: "arn:aws:s3:::data/*" }),
    may(ALL, {
      Effect: "Deny",
      Action: "s3:Put*",
      NotResource: ["arn:aws:s3:::data/*", "arn:aws:s3:::logs/*"],
    }),
    ["widened: prod/deploy may now do s3:Put* on s3 logs/*"],
  ],
  [
    "no more differing permissions than are compared",
    may(ALL),
    may(ALL, ...manyPermissions(400)),
    [MANY_ARE_TOLD],
  ],
  [
    "more differing permissions than are compared",
    may(ALL),
    may(ALL, ...manyPermissions(401)),
    [
      MANY_ARE_TOLD,
      "undecided: prod/deploy may gain or lose more than is told: the policies differ in more than 400 actions on resources, and no more than these are compared",
    ],
  ],
  [
    "a denial for everyone, of those whom the rest lets in",
    {},
    {
      trustPolicy: policyDocument([
        TRUST,
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:AssumeRole",
          Condition: { StringNotEquals: { "sts:ExternalId": "a" } },
        },
      ]),
    },
    [
      'narrowed: any user or role of 222222222222 can assume prod/deploy only with external ID "a" now',
    ],
  ],
  [
    "a token's subject by a wider pattern",
    { trustPolicy: policyDocument([tokensOf("repo:acme/infra:ref:refs/heads/main")]) },
    { trustPolicy: policyDocument([tokensOf("repo:acme/infra:*")]) },
    [
      "widened: token.actions.githubusercontent.com can assume prod/deploy with token subject repo:acme/infra:* instead of repo:acme/infra:ref:refs/heads/main",
    ],
  ],
  [
    "an action that an AWS managed policy may allow already",
    { policies: [WITH_AWS] },
    {
      policies: [
        WITH_AWS,
        ...(may({ Effect: "Allow", Action: "glue:*", Resource: "*" }).policies ?? []),
      ],
    },
    [
      "widened: prod/deploy may now do glue:* on everything unless an AWS managed policy allowed it already",
    ],
  ],
  [
    "a user who needs less than the rest of the account",
    {},
    { trustPolicy: policyDocument([TRUST, USERS_WITH_MFA, { ...USERS_WITH_MFA, ...ALICE }]) },
    [
      "widened: 333333333333/user alice can now assume prod/deploy",
      "widened: any user of 333333333333 can now assume prod/deploy with MFA",
    ],
  ],
  [
    "a user who needs what the rest of the account needs",
    {},
    {
      trustPolicy: policyDocument([
        TRUST,
        { ...USERS_WITH_MFA, Condition: OWN_NAME },
        { ...USERS_WITH_MFA, ...ALICE, Condition: OWN_NAME },
      ]),
    },
    [
      "widened: any user of 333333333333 can now assume prod/deploy with session name ${aws:username}, until 2031-01-31T00:00:00Z, from 203.0.113.0/24",
    ],
  ],
  [
    "a source identity that must be set",
    {},
    { trustPolicy: policyDocument([SETTING_IDENTITY]) },
    [
      "widened: any user or role of 222222222222 can assume prod/deploy now also with source identity ci-*",
      "narrowed: any user or role of 222222222222 can assume prod/deploy only with source identity ci-* now",
    ],
  ],
  [
    "a source identity that must no longer be set, nor may",
    { trustPolicy: policyDocument([SETTING_IDENTITY]) },
    {},
    [
      "widened: any user or role of 222222222222 can assume prod/deploy without source identity ci-* now",
      "narrowed: any user or role of 222222222222 can assume prod/deploy no longer with source identity ci-*",
    ],
  ],
  [
    "longer sessions",
    {},
    { maxSessionDuration: 43_200 },
    ["widened: prod/deploy may have sessions of 12 hours instead of 1 hour"],
  ],
  [
    "a policy that cannot be read any more",
    {},
    { trustPolicy: "unknown" },
    [
      "undecided: whoever may be let in, or kept out, by the policy of prod/deploy: it cannot be read any more",
    ],
  ],
];

test.each(CASES)("%s", (_, before, after, sentences) => {
  expect(said(before, after)).toEqual(sentences);
});

test("what is denied everywhere is no change, however it is allowed", () => {
  const deny: Statement = { Effect: "Deny", Action: "s3:*", Resource: "*" };
  expect(said(may(deny), may(deny, ALL))).toEqual([]);
});

describe("sentences that are one", () => {
  const difference = (
    label: string,
    targetLabel: string,
    change: Partial<Difference> = {},
  ): Difference => ({
    direction: "widened",
    kind: "permission",
    who: { principal: label, label },
    targetLabel,
    verb: "may now do",
    action: "iam:GetRole",
    rest: "",
    origins: [],
    ...change,
  });
  const cases: readonly (readonly [string, readonly Difference[], readonly string[]])[] = [
    [
      "of those who do the same with things of their own accounts",
      [
        difference("dev/read", "dev/admin"),
        difference("stage/read", "stage/admin"),
        difference("dev/read", "table of dev"),
        difference("stage/read", "table of stage"),
      ],
      ["read in dev and stage may now do iam:GetRole on admin and table of the same account"],
    ],
    [
      "but not of those who do it with things of another",
      [difference("dev/read", "stage/admin"), difference("stage/read", "dev/admin")],
      [
        "dev/read may now do iam:GetRole on stage/admin",
        "stage/read may now do iam:GetRole on dev/admin",
      ],
    ],
    [
      "nor of one alone",
      [difference("dev/read", "dev/admin")],
      ["dev/read may now do iam:GetRole on dev/admin"],
    ],
    [
      "of one role in several accounts, and of all of several accounts",
      [
        difference("dev/read", "x"),
        difference("stage/read", "x"),
        difference("any user of dev", "x"),
        difference("any role of dev", "x"),
        difference("any user of stage", "x"),
        difference("any role of stage", "x"),
        difference("any role of build", "x"),
      ],
      [
        "read in dev and stage, any user or role of dev and stage and any role of build may now do iam:GetRole on x",
      ],
    ],
  ];
  test.each(cases)("%s", (_, differences, sentences) => {
    expect(sentencesOf(differences).map(({ text }) => text)).toEqual(sentences);
  });
});

test("policies in another order are no change", () => {
  const { origin } = role({});
  const [one, other] = ["s3:GetObject", "s3:PutObject"].map((Action) => ({
    name: Action.slice(3),
    document: policyDocument([{ Effect: "Allow", Action, Resource: "*" }]),
    origin,
  }));
  const { differences, unchanged } = compareEstates(
    estateOf([role({ policies: [one, other] })]),
    estateOf([role({ policies: [other, one] })]),
  );
  expect({ differences, unchanged }).toEqual({ differences: [], unchanged: [] });
});
