import { toEstate } from "../../src/rehearsal/to-estate";
import { HUB, MANAGEMENT, MEMBER, mayAssume, roleArn, type StackParts } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const OF = { instance_arn: INSTANCE, permission_set_arn: "${aws_ssoadmin_permission_set.it.arn}" };

interface Given {
  readonly name?: string;
  readonly policy?: string;
  readonly accounts?: readonly string[];
}

function stack({ name = "Admin", policy, accounts = [HUB] }: Given): StackParts {
  return {
    data: {
      aws_identitystore_group: {
        people: {
          identity_store_id: "d-1234567890",
          alternate_identifier: {
            unique_attribute: { attribute_path: "DisplayName", attribute_value: "people" },
          },
        },
      },
    },
    resource: {
      aws_ssoadmin_permission_set: { it: { name, instance_arn: INSTANCE } },
      ...(policy !== undefined && {
        aws_ssoadmin_permission_set_inline_policy: { it: { ...OF, inline_policy: policy } },
      }),
      aws_ssoadmin_managed_policy_attachment: {
        it: { ...OF, managed_policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      },
      aws_ssoadmin_account_assignment: Object.fromEntries(
        accounts.map((id) => [
          `in-${id}`,
          {
            ...OF,
            principal_id: "${data.aws_identitystore_group.people.group_id}",
            principal_type: "GROUP",
            target_id: id,
            target_type: "AWS_ACCOUNT",
          },
        ]),
      ),
    },
  };
}

/** `account name: policies`, of the roles that Identity Center made. */
function roles({ aws }: TestWorld): readonly string[] {
  return [...toEstate(aws).identities.values()]
    .filter(({ path }) => path === "/aws-reserved/sso.amazonaws.com/eu-west-1/")
    .map(({ accountId, name, policies }) => {
      const known = name.replace(/_[0-9a-f]{16}$/, "_…");
      return `${accountId} ${known}: ${policies.map((policy) => policy.name).join(", ")}`;
    });
}

const READ = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describe("a permission set", () => {
  it("makes a role with its policies in each account in which somebody has it", () => {
    const world = new TestWorld();
    const policy = mayAssume(roleArn(MEMBER, "admin"));
    world.deploy(MANAGEMENT, stack({ policy, accounts: [HUB, MEMBER] }));
    expect(roles(world)).toEqual([
      `${HUB} AWSReservedSSO_Admin_…: AwsSSOInlinePolicy, ${READ}`,
      `${MEMBER} AWSReservedSSO_Admin_…: AwsSSOInlinePolicy, ${READ}`,
    ]);
    expect(changesOf(world.deploy(MANAGEMENT, stack({ policy, accounts: [HUB, MEMBER] })))).toEqual(
      [],
    );
  });

  it("changes its roles with it, in place", () => {
    const world = new TestWorld();
    world.deploy(MANAGEMENT, stack({ policy: mayAssume(roleArn(MEMBER, "one")) }));
    const changed = stack({ policy: mayAssume(roleArn(MEMBER, "two")) });
    expect(changesOf(world.deploy(MANAGEMENT, changed))).toEqual([
      "update aws_ssoadmin_permission_set_inline_policy.it (inline_policy)",
    ]);
    const [role] = [...toEstate(world.aws).identities.values()].filter(({ name }) =>
      name.startsWith("AWSReservedSSO_"),
    );
    expect(JSON.stringify(role.policies[0].document)).toContain("role/two");
  });

  it("takes the role away with the last assignment in an account", () => {
    const world = new TestWorld();
    world.deploy(MANAGEMENT, stack({ accounts: [HUB, MEMBER] }));
    world.deploy(MANAGEMENT, stack({ accounts: [MEMBER] }));
    expect(roles(world)).toEqual([`${MEMBER} AWSReservedSSO_Admin_…: ${READ}`]);
  });

  it("of another name is another one, with another role", () => {
    const world = new TestWorld();
    world.deploy(MANAGEMENT, stack({}));
    world.deploy(MANAGEMENT, stack({ name: "Administrator" }));
    expect(roles(world)).toEqual([`${HUB} AWSReservedSSO_Administrator_…: ${READ}`]);
  });

  it("is refused where the instance has one of that name", () => {
    const world = new TestWorld();
    world.deploy(MANAGEMENT, stack({}));
    expect(failureOf(world.deploy(HUB, stack({})))).toContain(
      "ConflictException: PermissionSet with name Admin already exists.",
    );
  });
});
