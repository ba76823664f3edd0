import { createRole } from "../../src/rehearsal/aws/roles";
import { deployStack } from "../../src/rehearsal/deploy";
import { CREATED, fooStack, READ_ONLY } from "./foo-stack";
import { HUB, MEMBER, rootOf, trustOf, type StackParts } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const origin = { stack: "test", address: "test" };

describe("a deploy that AWS refuses", () => {
  it("says where and why, and keeps what was done before", () => {
    const world = new TestWorld();
    const parts = fooStack();
    const untrusted = {
      ...parts,
      resource: {
        ...parts.resource,
        aws_iam_role_policy: {
          late: { name: "p", role: "${aws_iam_role.foo.name}", policy: trustOf(HUB) },
        },
      },
    };
    const result = world.deploy(MEMBER, untrusted);
    expect(failureOf(result)).toBe(
      "aws_iam_role_policy.late: MalformedPolicyDocument: Policy document should not specify a principal.",
    );
    expect(result.changes.map(({ address }) => address)).toEqual([
      "aws_iam_role.foo",
      "aws_iam_instance_profile.p",
      "aws_iam_policy.own",
    ]);
    expect(changesOf(world.deploy(MEMBER, parts))).toEqual(CREATED.slice(3));
  });

  it("is one whose role exists already, unless an import block takes it over", () => {
    const world = new TestWorld();
    const role = createRole(world.aws.account(MEMBER), {
      name: "foo",
      trustPolicy: trustOf(MEMBER),
      origin,
    });
    expect(failureOf(world.deploy(MEMBER, fooStack()))).toBe(
      "aws_iam_role.foo: EntityAlreadyExists: Role with name foo already exists.",
    );
    const taken = { ...fooStack(), import: [{ to: "aws_iam_role.foo", id: "foo" }] };
    const result = world.deploy(MEMBER, taken);
    expect(changesOf(result)[0]).toBe("import aws_iam_role.foo (assume_role_policy)");
    expect(world.trusted(MEMBER, "foo")).toBe(rootOf(HUB));
    expect(world.aws.account(MEMBER).roles.get("foo").uniqueId).toBe(role.uniqueId);
    expect(changesOf(world.deploy(MEMBER, taken))).toEqual([]);
  });

  it("is one that imports what its type cannot", () => {
    const membership = { name: "m", group: "g", users: [] };
    const result = new TestWorld().deploy(MEMBER, {
      resource: { aws_iam_group_membership: { m: membership } },
      import: [{ to: "aws_iam_group_membership.m", id: "m" }],
    });
    expect(failureOf(result)).toBe(
      "aws_iam_group_membership.m: resource aws_iam_group_membership doesn't support import",
    );
  });

  it("is one that imports what does not exist", () => {
    const taken = { ...fooStack(), import: [{ to: "aws_iam_role.foo", id: "foo" }] };
    expect(failureOf(new TestWorld().deploy(MEMBER, taken))).toMatch(
      /^aws_iam_role\.foo: Cannot import non-existent remote object: /,
    );
  });
});

describe("a stack that Terraform could not deploy", () => {
  it.each<readonly [string, StackParts, string]>([
    [
      "resources that wait for each other",
      {
        resource: {
          aws_x: { a: { name: "${aws_x.b.name}" }, b: { name: "${aws_x.a.name}" } },
        },
      },
      "aws_x.a: Cycle: aws_x.a, aws_x.b",
    ],
    [
      "a reference to nothing",
      { resource: { aws_x: { a: { name: "${aws_iam_role.none.name}" } } } },
      "aws_iam_role.none: Reference to undeclared resource: aws_iam_role.none has not been declared in the root module.",
    ],
    [
      "a dependency on nothing",
      { resource: { aws_x: { a: { depends_on: ["aws_iam_role.none"] } } } },
      "aws_iam_role.none: Reference to undeclared resource: aws_iam_role.none has not been declared in the root module.",
    ],
    [
      "a role without a trust policy",
      { resource: { aws_iam_role: { a: { name: "a" } } } },
      'aws_iam_role.a: Missing required argument: The argument "assume_role_policy" is required, but no definition was found.',
    ],
    [
      "what the rehearsal would get wrong",
      { resource: { aws_iam_role: { a: { name: "a", managed_policy_arns: [READ_ONLY] } } } },
      "aws_iam_role.a: cannot be rehearsed: managed_policy_arns is not simulated",
    ],
    [
      "repeated blocks",
      { resource: { aws_iam_user: { a: { name: "a", for_each: ["x"] } } } },
      "aws_iam_user.a: cannot be rehearsed: for_each is not simulated",
    ],
    [
      "a resource that is a list of texts",
      { resource: { aws_iam_role: { a: ["text"] } } },
      "aws_iam_role.a: Invalid JSON configuration at aws_iam_role.a",
    ],
  ])("fails: %s", (_name, parts, failure) => {
    expect(failureOf(new TestWorld().deploy(MEMBER, parts))).toBe(failure);
  });

  it("fails where it is no JSON object", () => {
    const world = new TestWorld();
    const result = deployStack(world.terraform, "s", "text", world.administrator(MEMBER));
    expect(failureOf(result)).toBe(": Invalid JSON configuration");
  });
});
