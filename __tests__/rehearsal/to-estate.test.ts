import { createRole, updateRole } from "../../src/rehearsal/aws/roles";
import { seedAccessRole, seedAdministrator } from "../../src/rehearsal/seed";
import { toEstate } from "../../src/rehearsal/to-estate";
import {
  HUB,
  MANAGEMENT,
  mayAssume,
  MEMBER,
  OTHER,
  roleArn,
  trustOf,
  userArn,
  type StackParts,
} from "./stacks";
import { TestWorld } from "./test-world";

const origin = { stack: "test", address: "test" };

describe("an estate of simulated accounts", () => {
  it("has the roles of stacks as AWS knows them, with where they come from", () => {
    const world = new TestWorld({ organizationIds: new Map([[MEMBER, "o-a1b2c3d4e5"]]) });
    world.deploy(MEMBER, {
      resource: {
        aws_iam_role: { foo: { name: "foo", path: "/team/", assume_role_policy: trustOf(HUB) } },
        aws_iam_role_policy: {
          p: { name: "p", role: "${aws_iam_role.foo.name}", policy: mayAssume(roleArn(HUB, "x")) },
        },
      },
    });
    const estate = toEstate(world.aws);
    expect(estate.accounts).toEqual(new Map([[MEMBER, { id: MEMBER, stacks: [MEMBER] }]]));
    expect(estate.unknowns).toEqual([]);
    expect(estate.identities.get(roleArn(MEMBER, "foo", "/team/"))).toEqual({
      kind: "role",
      arn: roleArn(MEMBER, "foo", "/team/"),
      name: "foo",
      path: "/team/",
      accountId: MEMBER,
      uniqueId: expect.stringMatching(/^AROA/),
      organizationId: "o-a1b2c3d4e5",
      defined: true,
      origin: { stack: MEMBER, address: "aws_iam_role.foo" },
      trustPolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${HUB}:root` },
            Action: "sts:AssumeRole",
          },
        ],
      },
      policies: [
        {
          name: "p",
          document: JSON.parse(mayAssume(roleArn(HUB, "x"))),
          origin: { stack: MEMBER, address: "aws_iam_role_policy.p" },
        },
      ],
    });
  });

  it("gives a user the policies of its groups", () => {
    const world = new TestWorld();
    const parts: StackParts = {
      resource: {
        aws_iam_user: { alice: { name: "alice" } },
        aws_iam_group: { g: { name: "admins" } },
        aws_iam_group_membership: {
          m: {
            name: "m",
            group: "${aws_iam_group.g.name}",
            users: ["${aws_iam_user.alice.name}"],
          },
        },
        aws_iam_group_policy: {
          p: { name: "p", group: "${aws_iam_group.g.name}", policy: mayAssume("x") },
        },
      },
    };
    world.deploy(MEMBER, parts);
    expect(toEstate(world.aws).identities.get(userArn(MEMBER, "alice"))?.policies).toEqual([
      {
        name: "p",
        group: "admins",
        document: JSON.parse(mayAssume("x")),
        origin: { stack: MEMBER, address: "aws_iam_group_policy.p" },
      },
    ]);
  });

  it("knows what AWS managed policies say about assuming roles", () => {
    const world = new TestWorld();
    seedAdministrator(world.aws, MANAGEMENT);
    seedAccessRole(world.aws, MEMBER, MANAGEMENT);
    const { identities, unknowns } = toEstate(world.aws);
    expect([...identities.keys()]).toEqual([
      userArn(MANAGEMENT, "administrator"),
      roleArn(MEMBER, "OrganizationAccountAccessRole"),
    ]);
    const [policy] = identities.get(userArn(MANAGEMENT, "administrator"))?.policies ?? [];
    expect(policy.document?.Statement).toEqual([{ Effect: "Allow", Action: "*", Resource: "*" }]);
    expect(unknowns).toEqual([]);
  });

  it("reports what cannot be known, and never leaves it out", () => {
    const world = new TestWorld();
    const newer = "arn:aws:iam::aws:policy/NewerThanTheList";
    world.deploy(MEMBER, {
      resource: {
        aws_dynamodb_table: { t: { name: "t" } },
        aws_iam_role: {
          foo: { name: "foo", assume_role_policy: trustOf(HUB), permissions_boundary: newer },
        },
        aws_iam_role_policy: {
          assumes: {
            name: "assumes",
            role: "${aws_iam_role.foo.name}",
            policy: mayAssume("${aws_dynamodb_table.t.some_role}"),
          },
          harmless: {
            name: "harmless",
            role: "${aws_iam_role.foo.name}",
            policy: mayAssume("${aws_dynamodb_table.t.arn}").replace(
              "sts:AssumeRole",
              "dynamodb:*",
            ),
          },
        },
        aws_iam_role_policy_attachment: {
          a: { role: "${aws_iam_role.foo.name}", policy_arn: newer },
        },
      },
    });
    const { identities, unknowns } = toEstate(world.aws);
    expect(unknowns.map(({ origin: { address }, attribute }) => [address, attribute])).toEqual([
      ["aws_iam_role_policy_attachment.a", "policy"],
      ["aws_iam_role_policy.assumes", "policy"],
      ["aws_iam_role.foo", "permissions_boundary"],
    ]);
    const foo = identities.get(roleArn(MEMBER, "foo"));
    expect(foo?.permissionsBoundary).toBe("unknown");
    expect(foo?.policies.map(({ name, document }) => [name, document !== undefined])).toEqual([
      [newer, false],
      ["assumes", false],
      ["harmless", true],
    ]);
  });

  it("keeps the identities of accounts in which nothing changed", () => {
    const world = new TestWorld();
    for (const account of [HUB, MEMBER, OTHER]) {
      createRole(world.aws.account(account), { name: "foo", trustPolicy: trustOf(HUB), origin });
    }
    const foo = (accountId: string) =>
      toEstate(world.aws).identities.get(roleArn(accountId, "foo"));
    const before = { member: foo(MEMBER), other: foo(OTHER) };
    expect(before.member).toBeDefined();
    updateRole(world.aws.account(OTHER), "foo", { description: "changed" });
    expect(foo(MEMBER)).toBe(before.member);
    expect(foo(OTHER)).not.toBe(before.other);
  });

  it("reads a trusting account again when a role that it trusts is deleted elsewhere", () => {
    const world = new TestWorld();
    createRole(world.aws.account(HUB), { name: "bar", trustPolicy: trustOf(HUB), origin });
    createRole(world.aws.account(MEMBER), {
      name: "foo",
      trustPolicy: trustOf(roleArn(HUB, "bar")),
      origin,
    });
    expect(world.trusted(MEMBER, "foo")).toBe(roleArn(HUB, "bar"));
    world.deleteByHand(HUB, "bar");
    expect(world.trusted(MEMBER, "foo")).toMatch(/^AROA/);
  });
});
