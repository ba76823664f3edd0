import { createRole } from "../../src/rehearsal/aws/roles";
import { CREATED, fooStack, READ_ONLY } from "./foo-stack";
import { HUB, MEMBER, outputs, roleArn, rootOf, trustOf, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

const origin = { stack: "test", address: "test" };

describe("a data source", () => {
  const stack: StackParts = {
    data: { aws_iam_role: { legacy: { name: "legacy" } }, aws_caller_identity: { me: {} } },
    resource: {
      aws_iam_role_policy_attachment: {
        a: { role: "${data.aws_iam_role.legacy.name}", policy_arn: READ_ONLY },
      },
    },
    output: outputs({
      trusted_principals: {
        "${data.aws_iam_role.legacy.arn}": "${data.aws_iam_role.legacy.unique_id}",
      },
      account: "${data.aws_caller_identity.me.account_id}",
      who: "I am ${data.aws_caller_identity.me.arn}",
    }),
  };

  it("finds a role that no stack defines", () => {
    const world = new TestWorld();
    const legacy = { name: "legacy", path: "/old/", trustPolicy: trustOf(HUB), origin };
    const { arn, uniqueId } = createRole(world.aws.account(MEMBER), legacy);
    expect(outputsOf(world.deploy(MEMBER, stack))).toEqual({
      trusted_principals: { [arn]: uniqueId },
      account: MEMBER,
      who: `I am arn:aws:iam::${MEMBER}:user/administrator`,
    });
  });

  it("stops the deploy before it changes anything where there is no such role", () => {
    const result = new TestWorld().deploy(MEMBER, {
      ...stack,
      resource: { ...stack.resource, ...fooStack().resource },
    });
    expect(failureOf(result)).toBe(
      "data.aws_iam_role.legacy: NoSuchEntity: The role with name legacy cannot be found.",
    );
    expect(result.changes).toEqual([]);
  });

  it("waits for the resources that it depends on", () => {
    const waiting = {
      ...fooStack(),
      data: { aws_iam_role: { again: { name: "foo", depends_on: ["aws_iam_role.foo"] } } },
      output: outputs({ arn: "${data.aws_iam_role.again.arn}" }),
    };
    expect(outputsOf(new TestWorld().deploy(MEMBER, waiting))).toEqual({
      arn: roleArn(MEMBER, "foo"),
    });
  });

  it("writes policy documents about what the same deploy makes", () => {
    const world = new TestWorld();
    const alice = [{ type: "AWS", identifiers: ["${aws_iam_user.alice.arn}"] }];
    const parts = fooStack({ assume_role_policy: "${data.aws_iam_policy_document.trust.json}" });
    world.deploy(MEMBER, {
      resource: { ...parts.resource, aws_iam_user: { alice: { name: "alice" } } },
      data: {
        aws_iam_policy_document: {
          trust: { statement: [{ actions: ["sts:AssumeRole"], principals: alice }] },
        },
      },
    });
    expect(world.trusted(MEMBER, "foo")).toBe(`arn:aws:iam::${MEMBER}:user/alice`);
  });

  it("writes policy documents", () => {
    const world = new TestWorld();
    const document = {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "AWS", identifiers: [rootOf(HUB)] }],
        },
      ],
    };
    const result = world.deploy(MEMBER, {
      ...fooStack({ assume_role_policy: "${data.aws_iam_policy_document.trust.json}" }),
      data: { aws_iam_policy_document: { trust: document } },
    });
    expect(changesOf(result)).toEqual(CREATED);
    expect(world.trusted(MEMBER, "foo")).toBe(rootOf(HUB));
  });
});
