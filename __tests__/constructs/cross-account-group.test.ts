import { CrossAccountGroup } from "../../src/constructs/cross-account-group";
import { addressOf, countResources, only, synthesizeStack } from "./stack-json";

test("a group has exactly the members that are named", () => {
  const stack = synthesizeStack((scope) => {
    new CrossAccountGroup(scope, "admins", {
      groupName: "CrossAccount",
      path: "/people/",
      userNames: ["alice", "bob"],
    });
  });
  expect(countResources(stack)).toEqual({ aws_iam_group: 1, aws_iam_group_membership: 1 });
  expect(only(stack, "aws_iam_group")).toEqual({ name: "CrossAccount", path: "/people/" });
  expect(only(stack, "aws_iam_group_membership")).toEqual({
    name: "CrossAccount-members",
    group: `\${${addressOf(stack, "aws_iam_group")}.name}`,
    users: ["alice", "bob"],
  });
});

test("a group without members has no membership", () => {
  const stack = synthesizeStack((scope) => {
    new CrossAccountGroup(scope, "admins", { groupName: "CrossAccount", userNames: [] });
  });
  expect(countResources(stack)).toEqual({ aws_iam_group: 1 });
  expect(only(stack, "aws_iam_group").path).toBe("/");
  expect(stack.import).toEqual([]);
});

test("a group that exists is taken over by an import block; its membership is defined anew", () => {
  const stack = synthesizeStack((scope) => {
    new CrossAccountGroup(scope, "admins", {
      groupName: "CrossAccount",
      userNames: ["alice"],
      ownership: "import",
    });
  });
  expect(stack.import).toEqual([{ to: addressOf(stack, "aws_iam_group"), id: "CrossAccount" }]);
});
