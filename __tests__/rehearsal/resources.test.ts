import { READ_ONLY } from "./foo-stack";
import { HUB, mayAssume, MEMBER, outputs, trustOf, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

describe("users and groups", () => {
  function people(users: readonly string[], userPart: object = {}): StackParts {
    return {
      resource: {
        aws_iam_group: { g: { name: "admins" } },
        aws_iam_user: {
          alice: { name: "alice", ...userPart },
          bob: { name: "bob" },
        },
        aws_iam_group_membership: {
          m: {
            name: "admins-members",
            group: "${aws_iam_group.g.name}",
            users: users.map((user) => `\${aws_iam_user.${user}.name}`),
          },
        },
        aws_iam_group_policy: {
          p: { name: "may-assume", group: "${aws_iam_group.g.name}", policy: mayAssume("x") },
        },
        aws_iam_user_policy_attachment: {
          a: { user: "${aws_iam_user.alice.name}", policy_arn: READ_ONLY },
        },
      },
    };
  }
  const members = (world: TestWorld): readonly string[] => [
    ...world.aws.account(MEMBER).groups.get("admins").userNames,
  ];

  it("become members and cease to be, in place", () => {
    const world = new TestWorld();
    expect(changesOf(world.deploy(MEMBER, people(["alice"])))).toHaveLength(6);
    expect(members(world)).toEqual(["alice"]);
    expect(changesOf(world.deploy(MEMBER, people(["bob", "alice"])))).toEqual([
      "update aws_iam_group_membership.m (users)",
    ]);
    expect(changesOf(world.deploy(MEMBER, people(["alice", "bob"])))).toEqual([]);
    world.deploy(MEMBER, people(["bob"]));
    expect(members(world)).toEqual(["bob"]);
  });

  it("are renamed in place and keep unique ID and membership", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, people(["alice"]));
    const { uniqueId } = world.aws.account(MEMBER).users.get("alice");
    const result = world.deploy(MEMBER, people(["alice"], { name: "alicia" }));
    expect(changesOf(result)).toEqual([
      "update aws_iam_user.alice (name)",
      "update aws_iam_group_membership.m (users)",
      "replace aws_iam_user_policy_attachment.a (user)",
    ]);
    expect(world.aws.account(MEMBER).users.get("alicia").uniqueId).toBe(uniqueId);
    expect(members(world)).toEqual(["alicia"]);
  });

  it("have another ARN when renamed, which trusts in the same stack follow", () => {
    const world = new TestWorld();
    const parts = (name: string): StackParts => ({
      resource: {
        aws_iam_user: { u: { name } },
        aws_iam_role: {
          foo: { name: "foo", assume_role_policy: trustOf("${aws_iam_user.u.arn}") },
        },
      },
    });
    world.deploy(MEMBER, parts("alice"));
    expect(changesOf(world.deploy(MEMBER, parts("alicia")))).toEqual([
      "update aws_iam_user.u (name)",
      "update aws_iam_role.foo (assume_role_policy)",
    ]);
    expect(world.trusted(MEMBER, "foo")).toBe(`arn:aws:iam::${MEMBER}:user/alicia`);
  });

  it("are in the groups that a user's memberships name, beside others", () => {
    const world = new TestWorld();
    const parts = (groups: readonly string[]): StackParts => ({
      resource: {
        aws_iam_group: { a: { name: "a" }, b: { name: "b" } },
        aws_iam_user: { u: { name: "u" } },
        aws_iam_user_group_membership: {
          m: {
            user: "${aws_iam_user.u.name}",
            groups: groups.map((g) => `\${aws_iam_group.${g}.name}`),
          },
        },
      },
    });
    world.deploy(MEMBER, parts(["a"]));
    expect(changesOf(world.deploy(MEMBER, parts(["b"])))).toEqual([
      "update aws_iam_user_group_membership.m (groups)",
    ]);
    expect([...world.aws.account(MEMBER).users.get("u").groupNames]).toEqual(["b"]);
    expect(changesOf(world.deploy(MEMBER, { resource: {} }))).toHaveLength(4);
  });
});

describe("an OpenID Connect provider", () => {
  const parts = (audiences: readonly string[], more: object = {}): StackParts => ({
    resource: {
      aws_iam_openid_connect_provider: {
        github: { url: "https://token.example.com/path", client_id_list: audiences },
        ...more,
      },
    },
    output: outputs({ arn: "${aws_iam_openid_connect_provider.github.arn}" }),
  });

  it("changes its audiences in place", () => {
    const world = new TestWorld();
    expect(outputsOf(world.deploy(MEMBER, parts(["a"])))).toEqual({
      arn: `arn:aws:iam::${MEMBER}:oidc-provider/token.example.com/path`,
    });
    expect(changesOf(world.deploy(MEMBER, parts(["b", "a"])))).toEqual([
      "update aws_iam_openid_connect_provider.github (client_id_list)",
    ]);
    expect(changesOf(world.deploy(MEMBER, parts(["a", "b"])))).toEqual([]);
  });

  it("exists once per URL and account", () => {
    const twice = parts(["a"], {
      again: { url: "https://token.example.com/path", client_id_list: ["b"] },
    });
    expect(failureOf(new TestWorld().deploy(MEMBER, twice))).toBe(
      "aws_iam_openid_connect_provider.again: EntityAlreadyExists: Provider with url https://token.example.com/path already exists.",
    );
  });
});

describe("a type that is not simulated", () => {
  const parts = (part: object = {}): StackParts => ({
    resource: {
      aws_dynamodb_table: { t: { name: "TestTable", ...part } },
      aws_iam_role: { foo: { name: "foo", assume_role_policy: trustOf(HUB) } },
      aws_iam_role_policy: {
        p: {
          name: "p",
          role: "${aws_iam_role.foo.name}",
          policy: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Action: "dynamodb:PutItem",
                Resource: "${aws_dynamodb_table.t.arn}",
              },
            ],
          }),
        },
      },
    },
    output: outputs({ name: "${aws_dynamodb_table.t.name}", arn: "${aws_dynamodb_table.t.arn}" }),
  });

  it("is kept in state only, and said so", () => {
    const result = new TestWorld().deploy(MEMBER, parts());
    expect(result).toMatchObject({ ok: true, notSimulated: ["aws_dynamodb_table.t"] });
    expect(outputsOf(result)).toEqual({ name: "TestTable", arn: "${aws_dynamodb_table.t.arn}" });
  });

  it("changes only where its arguments do", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, parts());
    expect(changesOf(world.deploy(MEMBER, parts()))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, parts({ hash_key: "id" })))).toContain(
      "update aws_dynamodb_table.t (hash_key)",
    );
  });

  it("fails the deploy where a trust policy depends on it", () => {
    const unknown: StackParts = {
      resource: {
        aws_example: { e: {} },
        aws_iam_role: {
          foo: { name: "foo", assume_role_policy: trustOf("${aws_example.e.arn}") },
        },
      },
    };
    expect(failureOf(new TestWorld().deploy(MEMBER, unknown))).toBe(
      "aws_iam_role.foo: cannot be rehearsed: assume_role_policy is not known (${aws_example.e.arn}: not simulated)",
    );
  });
});
