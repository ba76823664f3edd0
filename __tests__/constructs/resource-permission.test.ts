import { ResourcePermission, type UsingIdentity } from "../../src/constructs/resource-permission";
import type { Statement } from "../../src/iam/policy-document";
import { allowing } from "./trusts";
import { addressOf, countResources, only, policyOf, synthesizeStack } from "./stack-json";

const publish = (topic: string): Statement => ({
  Effect: "Allow",
  Action: "sns:Publish",
  Resource: `arn:aws:sns:eu-west-1:111122223333:${topic}`,
});

function synthesize(
  identity: UsingIdentity,
  statements: readonly Statement[] = [publish("b"), publish("a")],
) {
  return synthesizeStack((stack) => {
    new ResourcePermission(stack, "may-use", { identity, statements });
  });
}

const MERGED = allowing({
  Action: "sns:Publish",
  Resource: ["arn:aws:sns:eu-west-1:111122223333:a", "arn:aws:sns:eu-west-1:111122223333:b"],
});

test.each(["role", "user", "group"] as const)("a %s gets one inline policy for all", (kind) => {
  const stack = synthesize({ kind, name: "ci" });
  const type = `aws_iam_${kind}_policy`;
  expect(countResources(stack)).toEqual({ [type]: 1 });
  expect(only(stack, type)).toMatchObject({ name: "CrossAccountUse", [kind]: "ci" });
  expect(policyOf(only(stack, type))).toEqual(MERGED);
});

test.each(["role", "user", "group"] as const)("a %s that is not ours gets it attached", (kind) => {
  const stack = synthesize({ kind, name: "ci", placement: "managed" });
  const attachment = `aws_iam_${kind}_policy_attachment`;
  expect(countResources(stack)).toEqual({ aws_iam_policy: 1, [attachment]: 1 });
  expect(only(stack, "aws_iam_policy").name).toBe(`CrossAccountUse-${kind}-ci`);
  expect(policyOf(only(stack, "aws_iam_policy"))).toEqual(MERGED);
  expect(only(stack, attachment)).toEqual({
    [kind]: "ci",
    policy_arn: `\${${addressOf(stack, "aws_iam_policy")}.arn}`,
  });
});

test("fails when the identity's quota cannot hold it", () => {
  const many = Array.from({ length: 60 }, (_, number) => publish(`topic-${number}`));
  expect(() => synthesize({ kind: "user", name: "bob" }, many)).toThrow(
    "user bob: expected at most 2048 characters in its policy for the resources of other accounts",
  );
});
