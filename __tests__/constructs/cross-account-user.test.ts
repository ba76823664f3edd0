import { CrossAccountUser } from "../../src/constructs/cross-account-user";
import { addressOf, countResources, only, synthesizeStack } from "./stack-json";

test("a user is one resource, without password and access key", () => {
  const stack = synthesizeStack((scope) => {
    const user = new CrossAccountUser(scope, "bob", { userName: "bob", path: "/people/" });
    expect(user.userNameReference).not.toBe("bob");
  });
  expect(countResources(stack)).toEqual({ aws_iam_user: 1 });
  expect(only(stack, "aws_iam_user")).toEqual({ name: "bob", path: "/people/" });
});

test("without a path a user stands at the top", () => {
  const stack = synthesizeStack((scope) => {
    new CrossAccountUser(scope, "bob", { userName: "bob" });
  });
  expect(only(stack, "aws_iam_user").path).toBe("/");
  expect(stack.import).toEqual([]);
});

test("a user who exists is taken over by an import block", () => {
  const stack = synthesizeStack((scope) => {
    new CrossAccountUser(scope, "bob", { userName: "bob", ownership: "import" });
  });
  expect(stack.import).toEqual([{ to: addressOf(stack, "aws_iam_user"), id: "bob" }]);
});
