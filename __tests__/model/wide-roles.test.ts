import { wideRoles, type WideRole } from "../../src/model/wide-roles";
import { modelOf } from "./deployed";

function wide(role: object): readonly WideRole[] {
  return wideRoles(modelOf({ role }));
}

function allowed(statement: object): readonly WideRole[] {
  return wide({ statements: [{ Effect: "Allow", ...statement }] });
}

const BY_ITSELF = [{ role: "client/app", policies: ["a statement of its own"] }];

test("a role is wide by an AWS managed policy and by a statement of its own", () => {
  const statements = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }];

  expect(wide({ managedPolicies: ["AdministratorAccess"] })).toEqual([
    { role: "client/app", policies: ["AdministratorAccess"] },
  ]);
  expect(wide({ managedPolicies: ["AdministratorAccess"], statements })).toEqual([
    { role: "client/app", policies: ["AdministratorAccess", "a statement of its own"] },
  ]);
});

describe("a statement makes a role wide", () => {
  test.each([
    ["on every resource", { Action: "sts:AssumeRole", Resource: "*" }],
    ["by a wildcard, in other case", { Action: ["s3:GetObject", "STS:assume*"], Resource: "*" }],
    ["on roles of any account", { Action: "sts:*", Resource: "arn:aws:iam::*:role/ops" }],
    [
      "on several roles of an account",
      { Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/team-?" },
    ],
    [
      "on all but some",
      { Action: "sts:AssumeRole", NotResource: "arn:aws:iam::444455556666:role/ci" },
    ],
    ["by all but some actions", { NotAction: "iam:*", Resource: "*" }],
  ])("%s", (_, statement) => {
    expect(allowed(statement)).toEqual(BY_ITSELF);
  });
});

describe("a statement does not make a role wide", () => {
  test.each([
    ["on one role", { Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/ci" }],
    ["of another action", { Action: "sts:GetCallerIdentity", Resource: "*" }],
    ["of all but sts:AssumeRole", { NotAction: "sts:Assume*", Resource: "*" }],
    ["on what is no role", { Action: "*", Resource: "arn:aws:s3:::logs/*" }],
    ["that denies", { Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" }],
  ])("%s", (_, statement) => {
    expect(allowed(statement)).toEqual([]);
  });
});
