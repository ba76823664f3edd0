import { readFileSync } from "node:fs";
import { join } from "node:path";

import { isWide, managedPoliciesJson, reduceStatement } from "../../scripts/managed-policies";
import type { Statement } from "../../src/iam/policy-document";

/** All but `sts` and `s3:GetObject`. */
const OTHER_ACTIONS = [
  ...["cloudtrail", "config", "ecr", "events", "kms", "lambda", "secretsmanager", "sns", "sqs"].map(
    (service) => `${service}:*`,
  ),
  ...["s3:*Bucket*", "s3:Put*", "s3:Delete*", "s3:Abort*", "s3:Bypass*", "s3:GetObjectVersion"],
];

const allow = (rest: Partial<Statement>): Statement => ({ Effect: "Allow", ...rest });

describe("src/iam/managed-policies.json", () => {
  test("is what the installed package gives: npx tsx scripts/managed-policies.ts", () => {
    const stored = readFileSync(join(__dirname, "../../src/iam/managed-policies.json"), "utf8");

    // Compared as lines, so that a failure shows the policies that changed.
    expect(stored.split("\n")).toEqual(managedPoliciesJson().split("\n"));
  });
});

describe("a statement of an AWS managed policy", () => {
  const cases: readonly (readonly [string, Statement, Statement | undefined])[] = [
    [
      "is dropped when it bears on none of the actions that the project asks about",
      allow({ Action: ["ec2:*", "s3:GetObjectTorrent", "sts:GetCallerIdentity"], Resource: "*" }),
      undefined,
    ],
    [
      "keeps the action patterns that bear on them, as they are written",
      allow({ Action: ["s3:*", "ec2:*", "STS:Assume*", "sts:tagsession"], Resource: "*" }),
      allow({ Action: ["s3:*", "STS:Assume*", "sts:tagsession"], Resource: "*" }),
    ],
    [
      "keeps * as it is",
      allow({ Action: "*", Resource: "*" }),
      allow({ Action: "*", Resource: "*" }),
    ],
    [
      "keeps single-character wildcards",
      allow({ Action: "sts:AssumeRol?", Resource: "*" }),
      allow({ Action: "sts:AssumeRol?", Resource: "*" }),
    ],
    [
      "does not take a wildcard for more than it is",
      allow({ Action: ["sts:AssumeRole?", "sts.AssumeRole", "sts:AssumeRoleWith*"] }),
      undefined,
    ],
    [
      "gets from NotAction the actions that it leaves in",
      allow({ NotAction: ["iam:*", "sts:Tag*", ...OTHER_ACTIONS], Resource: "*" }),
      allow({ Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "s3:GetObject"], Resource: "*" }),
    ],
    [
      "is dropped when NotAction takes all of them out",
      allow({ NotAction: ["STS:*", "s3:*", ...OTHER_ACTIONS], Resource: "*" }),
      undefined,
    ],
    [
      "keeps everything else: Sid, Deny, NotResource, Condition",
      {
        Sid: "Guard",
        Effect: "Deny",
        Action: ["sts:AssumeRole", "ec2:RunInstances"],
        NotResource: "arn:aws:iam::*:role/a",
        Condition: { Bool: { "aws:ViaAWSService": "false" } },
      },
      {
        Sid: "Guard",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        NotResource: "arn:aws:iam::*:role/a",
        Condition: { Bool: { "aws:ViaAWSService": "false" } },
      },
    ],
  ];

  test.each(cases)("%s", (_name, statement, reduced) => {
    expect(reduceStatement(statement)).toEqual(reduced);
  });
});

describe("a policy is wide", () => {
  const everything = allow({ Action: "*", Resource: "*" });

  const cases: readonly (readonly [string, boolean, readonly Statement[]])[] = [
    ["when it allows sts:AssumeRole on *", true, [everything]],
    ["also with a condition", true, [{ ...everything, Condition: { Bool: { "a:B": "true" } } }]],
    [
      "when its pattern takes in any role",
      true,
      [allow({ Action: "sts:*", Resource: "arn:aws:iam::*:role/*" })],
    ],
    [
      "when it leaves only some roles out",
      true,
      [allow({ Action: "sts:AssumeRole", NotResource: "arn:aws:iam::*:role/admin" })],
    ],
    [
      "not when it names roles",
      false,
      [allow({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/stacksets-exec-*" })],
    ],
    [
      "not when it allows tagging sessions only",
      false,
      [allow({ Action: "sts:TagSession", Resource: "*" })],
    ],
    ["not when it denies all of it again", false, [everything, { ...everything, Effect: "Deny" }]],
    [
      "although it denies some of it",
      true,
      [
        everything,
        { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "a:B": "true" } } },
        { Effect: "Deny", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/admin" },
      ],
    ],
  ];

  test.each(cases)("%s: %s", (_name, expected, statements) => {
    expect(isWide(statements)).toBe(expected);
  });
});
