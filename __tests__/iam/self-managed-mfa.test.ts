import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { evaluateAssumeRole } from "../../src/iam/evaluation/evaluate-assume-role";
import type { Caller } from "../../src/iam/evaluation/request";
import { policyDocument } from "../../src/iam/policy-document";
import { selfManagedMfaPolicy } from "../../src/iam/self-managed-mfa";
import cases from "./self-managed-mfa.json";

const ACCOUNT = "111122223333";
const ROLE = "arn:aws:iam::444455556666:role/Admin";
const OBJECT = "arn:aws:s3:::bucket/object";

/** A user whose groups allow an object and a role besides. */
function caller(user: string): Caller {
  return {
    kind: "user",
    arn: `arn:aws:iam::${ACCOUNT}:${user}`,
    accountId: ACCOUNT,
    identityPolicies: [
      { name: "SelfManagedMfa", document: selfManagedMfaPolicy("aws", ACCOUNT) },
      {
        name: "others",
        document: policyDocument([
          { Effect: "Allow", Action: "s3:GetObject", Resource: OBJECT },
          { Effect: "Allow", Action: "sts:AssumeRole", Resource: ROLE },
        ]),
      },
    ],
  };
}

function resultOf({
  user = "user/alice",
  action,
  resource,
  mfa,
}: {
  readonly user?: string;
  readonly action: string;
  readonly resource: string;
  readonly mfa: boolean;
}): string {
  const context = { mfa };
  if (resource === "role") {
    const trustPolicy = policyDocument([
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "sts:AssumeRole",
      },
    ]);
    const role = { arn: ROLE, accountId: "444455556666", trustPolicy };
    return evaluateAssumeRole({ caller: caller(user), role, context }).result;
  }
  const arn = resource === "bucket" ? OBJECT : `arn:aws:iam::${ACCOUNT}:${resource}`;
  const target = { arn, accountId: ACCOUNT };
  return evaluateAccess({ caller: caller(user), action, resource: target, context }).result;
}

describe("a user whose group manages its own MFA", () => {
  test.each(
    cases.map((each) => {
      const mfa = "with MFA" in each;
      const what = each["with MFA"] ?? each["without MFA"] ?? "";
      const may = each.result === "allowed" ? "may" : "may not";
      return [`${mfa ? "with" : "without"} MFA ${may} ${what}`, { ...each, mfa }] as const;
    }),
  )("%s", (_, each) => {
    expect(resultOf(each)).toBe(each.result);
  });
});
