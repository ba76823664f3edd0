import { createRole } from "../../src/rehearsal/aws/roles";
import { toEstate } from "../../src/rehearsal/to-estate";
import { CREATED, fooStack, READ_ONLY } from "./foo-stack";
import { HUB, MEMBER, outputs, roleArn, trustOf } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

const origin = { stack: "test", address: "test" };

describe("a first deploy", () => {
  it("makes each resource after what it refers to", () => {
    expect(changesOf(new TestWorld().deploy(MEMBER, fooStack()))).toEqual(CREATED);
  });

  it("gives the outputs that Terraform would", () => {
    const world = new TestWorld();
    const result = world.deploy(MEMBER, fooStack());
    const { uniqueId } = world.aws.account(MEMBER).roles.get("foo");
    expect(outputsOf(result)).toEqual({
      trusted_principals: { "arn:aws:iam::100000000001:role/foo": uniqueId },
      role_arns: { foo: "arn:aws:iam::100000000001:role/foo" },
      trusts: { "arn:aws:iam::100000000001:role/foo": { [roleArn(HUB, "bar")]: "account" } },
    });
    expect(uniqueId).toMatch(/^AROA[A-Z2-7]{17}$/);
  });

  it("is the same in every run, byte by byte", () => {
    const [first, second] = [new TestWorld(), new TestWorld()].map((world) => [
      world.deploy(MEMBER, fooStack()),
      [...toEstate(world.aws).identities],
    ]);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });
});

describe("depends_on", () => {
  it("orders resources that do not refer to each other", () => {
    const users = { a: { name: "a", depends_on: ["aws_iam_user.z"] }, z: { name: "z" } };
    const result = new TestWorld().deploy(MEMBER, { resource: { aws_iam_user: users } });
    expect(changesOf(result)).toEqual(["create aws_iam_user.z", "create aws_iam_user.a"]);
  });
});

describe("null", () => {
  it("counts as left out, in arguments, references and outputs", () => {
    const world = new TestWorld();
    const parts = {
      ...fooStack({ path: null }),
      output: outputs({ none: null, description: "${aws_iam_role.foo.description}", one: 1 }),
    };
    expect(outputsOf(world.deploy(MEMBER, parts))).toStrictEqual({ one: 1 });
    expect(world.aws.account(MEMBER).roles.get("foo").path).toBe("/");
    expect(changesOf(world.deploy(MEMBER, parts))).toEqual([]);
  });
});

describe("a second deploy", () => {
  it("of the same stack changes nothing and gives the same outputs", () => {
    const world = new TestWorld();
    const first = world.deploy(MEMBER, fooStack());
    const second = world.deploy(MEMBER, fooStack());
    expect(changesOf(second)).toEqual([]);
    expect(outputsOf(second)).toEqual(outputsOf(first));
  });

  it("changes nothing where a policy is only written differently", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack());
    const other = JSON.stringify(
      {
        Statement: { Action: ["sts:AssumeRole"], Principal: { AWS: [HUB] }, Effect: "Allow" },
        Version: "2012-10-17",
      },
      null,
      2,
    );
    expect(changesOf(world.deploy(MEMBER, fooStack({ assume_role_policy: other })))).toEqual([]);
  });

  it("tightens a trust as exactly one change, in place", () => {
    const world = new TestWorld();
    createRole(world.aws.account(HUB), { name: "bar", trustPolicy: trustOf(HUB), origin });
    world.deploy(MEMBER, fooStack());
    const { uniqueId } = world.aws.account(MEMBER).roles.get("foo");
    const tightened = fooStack({ assume_role_policy: trustOf(roleArn(HUB, "bar")) });
    expect(changesOf(world.deploy(MEMBER, tightened))).toEqual([
      "update aws_iam_role.foo (assume_role_policy)",
    ]);
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
    expect(world.aws.account(MEMBER).roles.get("foo").uniqueId).toBe(uniqueId);
  });

  it.each([
    ["description", { description: "new" }],
    ["max_session_duration", { max_session_duration: 7200 }],
    ["permissions_boundary", { permissions_boundary: READ_ONLY }],
    ["tags", { tags: { a: "b" } }],
  ])("changes a role's %s in place, there and back", (name, part) => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack());
    const { uniqueId } = world.aws.account(MEMBER).roles.get("foo");
    const change = [`update aws_iam_role.foo (${name})`];
    expect(changesOf(world.deploy(MEMBER, fooStack(part)))).toEqual(change);
    expect(changesOf(world.deploy(MEMBER, fooStack(part)))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, fooStack()))).toEqual(change);
    expect(world.aws.account(MEMBER).roles.get("foo").uniqueId).toBe(uniqueId);
  });

  it("replaces a renamed role, with all that hangs on it, and gives it another unique ID", () => {
    const world = new TestWorld();
    const first = outputsOf(world.deploy(MEMBER, fooStack()));
    const result = world.deploy(MEMBER, fooStack({ name: "foo2" }));
    expect(changesOf(result)).toEqual([
      "replace aws_iam_role.foo (name)",
      "update aws_iam_instance_profile.p (role)",
      "replace aws_iam_role_policy.inline (role)",
      "replace aws_iam_role_policy_attachment.aws (role)",
      "replace aws_iam_role_policy_attachment.own (role)",
    ]);
    expect(outputsOf(result).trusted_principals).not.toEqual(first.trusted_principals);
    expect(outputsOf(result).role_arns).toEqual({ foo: roleArn(MEMBER, "foo2") });
  });

  it("fails to replace a role by path while policies hang on it, as the provider does", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack());
    expect(failureOf(world.deploy(MEMBER, fooStack({ path: "/team/" })))).toBe(
      "aws_iam_role.foo: DeleteConflict: Cannot delete entity, must detach all policies first.",
    );
    const forced = { force_detach_policies: true };
    world.deploy(MEMBER, fooStack(forced));
    const result = world.deploy(MEMBER, fooStack({ ...forced, path: "/team/" }));
    expect(changesOf(result)).toContain("replace aws_iam_role.foo (path)");
  });

  it("deletes what the stack no longer has, each before what it depends on", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, fooStack());
    const result = world.deploy(MEMBER, { resource: {} });
    const deleted = changesOf(result);
    expect([...deleted].sort()).toEqual(
      CREATED.map((change) => change.replace("create", "delete")).sort(),
    );
    expect(deleted.at(-1)).toBe("delete aws_iam_role.foo");
    expect(outputsOf(result)).toEqual({});
  });
});

describe("what somebody changes behind Terraform's back", () => {
  it("a deleted role is made again, with all that hung on it, under another unique ID", () => {
    const world = new TestWorld();
    const first = outputsOf(world.deploy(MEMBER, { ...fooStack() }));
    world.aws.account(MEMBER).instanceProfiles.put({
      name: "foo",
      path: "/",
      arn: `arn:aws:iam::${MEMBER}:instance-profile/foo`,
      origin,
    });
    world.deleteByHand(MEMBER, "foo");
    const result = world.deploy(MEMBER, fooStack());
    expect(changesOf(result)).toEqual([
      "create aws_iam_role.foo",
      "update aws_iam_instance_profile.p (role)",
      "create aws_iam_role_policy.inline",
      "create aws_iam_role_policy_attachment.aws",
      "create aws_iam_role_policy_attachment.own",
    ]);
    expect(outputsOf(result).trusted_principals).not.toEqual(first.trusted_principals);
    expect(changesOf(world.deploy(MEMBER, { resource: {} })).at(-1)).toBe(
      "delete aws_iam_role.foo",
    );
  });

  it("a trusted role that was made again gets its trust back by a plain deploy", () => {
    const world = new TestWorld();
    const bar = { name: "bar", trustPolicy: trustOf(HUB), origin };
    createRole(world.aws.account(HUB), bar);
    const trusting = fooStack({ assume_role_policy: trustOf(roleArn(HUB, "bar")) });
    world.deploy(MEMBER, trusting);
    world.deleteByHand(HUB, "bar");
    expect(failureOf(world.deploy(MEMBER, trusting))).toBe(
      `aws_iam_role.foo: MalformedPolicyDocument: Invalid principal in policy: "AWS":"${roleArn(HUB, "bar")}"`,
    );
    createRole(world.aws.account(HUB), bar);
    expect(world.trusted(MEMBER, "foo")).toMatch(/^AROA/);
    expect(changesOf(world.deploy(MEMBER, trusting))).toEqual([
      "update aws_iam_role.foo (assume_role_policy)",
    ]);
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
  });
});
