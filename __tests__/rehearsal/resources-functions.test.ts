import { createRole } from "../../src/rehearsal/aws/roles";
import { seedShared } from "../../src/rehearsal/seed-shared";
import { toEstate } from "../../src/rehearsal/to-estate";
import type { Attributes } from "../../src/rehearsal/value";
import type { SharedResource } from "../../src/sharing/shared-resource";
import { HUB, MEMBER, one, roleArn, rootOf, trustOf, type StackParts } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const BAR = roleArn(HUB, "bar");

function makeBar(world: TestWorld): void {
  const origin = { stack: "test", address: "bar" };
  createRole(world.aws.account(HUB), { name: "bar", trustPolicy: trustOf(rootOf(HUB)), origin });
}

describe("a permission of a function", () => {
  const permissionOfBar = (part: Attributes = {}): Attributes => ({
    statement_id: "bar",
    action: "lambda:InvokeFunction",
    function_name: "things",
    principal: BAR,
    ...part,
  });
  const permission = (part: Attributes = {}): StackParts =>
    one("aws_lambda_permission", permissionOfBar(part));
  const shared = (name: string): SharedResource => ({
    type: "lambda-function",
    partition: "aws",
    accountId: MEMBER,
    region: "eu-west-1",
    name,
    ownership: "existing",
    trusts: [],
    keep: [],
  });
  const arn = `arn:aws:lambda:eu-west-1:${MEMBER}:function:things`;
  const shown = (world: TestWorld): unknown => toEstate(world.aws).resources.get(arn)?.policy;

  it("needs the function and its principal", () => {
    const world = new TestWorld();
    expect(failureOf(world.deploy(MEMBER, permission()))).toBe(
      `aws_lambda_permission.it: ResourceNotFoundException: Function not found: ${arn}`,
    );
    seedShared(world.aws, shared("things"));
    expect(failureOf(world.deploy(MEMBER, permission()))).toBe(
      "aws_lambda_permission.it: InvalidParameterValueException: The provided principal was invalid. Please check the principal and try again.",
    );
    makeBar(world);
    expect(changesOf(world.deploy(MEMBER, permission()))).toEqual([
      "create aws_lambda_permission.it",
    ]);
    expect(changesOf(world.deploy(MEMBER, permission()))).toEqual([]);
  });

  it("is a statement of the function's policy, with the organization as condition", () => {
    const world = new TestWorld();
    seedShared(world.aws, shared("things"));
    const part = { principal: rootOf(HUB), principal_org_id: "o-a1b2c3d4e5" };
    changesOf(world.deploy(MEMBER, permission(part)));
    expect(changesOf(world.deploy(MEMBER, permission(part)))).toEqual([]);
    expect(shown(world)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "bar",
          Effect: "Allow",
          Principal: { AWS: rootOf(HUB) },
          Action: "lambda:InvokeFunction",
          Resource: arn,
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ],
    });
    changesOf(world.deploy(MEMBER, {}));
    expect(shown(world)).toBeUndefined();
  });

  it("of an account by its ID is made anew in every plan, because Lambda keeps the ARN", () => {
    const world = new TestWorld();
    seedShared(world.aws, shared("things"));
    const part = { principal: HUB };
    changesOf(world.deploy(MEMBER, permission(part)));
    expect(changesOf(world.deploy(MEMBER, permission(part)))).toEqual([
      "replace aws_lambda_permission.it (principal)",
    ]);
  });

  it("is made anew after its principal was, and leaves others alone", () => {
    const world = new TestWorld();
    seedShared(world.aws, shared("things"));
    makeBar(world);
    changesOf(world.deploy(MEMBER, permission()));
    world.deleteByHand(HUB, "bar");
    makeBar(world);
    const stack = {
      resource: {
        aws_lambda_permission: {
          it: permissionOfBar(),
          other: {
            statement_id: "other",
            action: "lambda:InvokeFunction",
            function_name: arn,
            principal: "events.amazonaws.com",
          },
        },
      },
    };
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([
      "replace aws_lambda_permission.it (principal)",
      "create aws_lambda_permission.other",
    ]);
  });
});
