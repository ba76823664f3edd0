import {
  AssumeRolePermission,
  type AssumeRolePermissionProps,
} from "../../src/constructs/assume-role-permission";
import {
  addressOf,
  countResources,
  only,
  policyOf,
  resourcesOf,
  synthesizeStack,
  type StackJson,
} from "./stack-json";
import { allowing, TRUSTING } from "./trusts";

const IMAGES = `arn:aws:iam::${TRUSTING}:role/crosstrust/BuildRole`;
const BILLING = `arn:aws:iam::${TRUSTING}:role/Billing`;

/** Role ARNs in other accounts, 48 characters each. */
function roleArns(count: number, first = 0): readonly string[] {
  return Array.from(
    { length: count },
    (_, number) => `arn:aws:iam::${100_000_000_001 + first + number}:role/xacct/deploy-role`,
  );
}

function synthesizePermission(props: AssumeRolePermissionProps): StackJson {
  return synthesizeStack((stack) => {
    new AssumeRolePermission(stack, "may-assume", props);
  });
}

/** The role ARNs that a stack's managed policies allow, by policy name. */
function managed(stack: StackJson): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.values(resourcesOf(stack, "aws_iam_policy")).map((policy) => {
      const arns = roleArns(4_000).filter((arn) => String(policy.policy).includes(`"${arn}"`));
      expect(policyOf(policy)).toEqual(
        allowing({ Action: "sts:AssumeRole", Resource: arns.length === 1 ? arns[0] : arns }),
      );
      return [String(policy.name), arns];
    }),
  );
}

describe("where it fits, it is one inline policy", () => {
  test.each([
    ["role", "aws_iam_role_policy"],
    ["user", "aws_iam_user_policy"],
    ["group", "aws_iam_group_policy"],
  ] as const)("of a %s", (kind, type) => {
    const stack = synthesizePermission({
      identity: { kind, name: "ci" },
      roleArns: [IMAGES, BILLING, IMAGES],
    });
    expect(countResources(stack)).toEqual({ [type]: 1 });
    const { policy, ...rest } = only(stack, type);
    expect(rest).toEqual({ name: "CrossAccountAssumeRole", [kind]: "ci" });
    expect(policyOf({ policy })).toEqual(
      allowing({ Action: "sts:AssumeRole", Resource: [BILLING, IMAGES] }),
    );
  });

  test("a single role stands alone, not in a list: as AWS gives it back", () => {
    const stack = synthesizePermission({
      identity: { kind: "role", name: "ci" },
      roleArns: [IMAGES],
    });
    expect(policyOf(only(stack, "aws_iam_role_policy"))).toEqual(
      allowing({ Action: "sts:AssumeRole", Resource: IMAGES }),
    );
  });

  test("a reference to the identity's name is used in place of the name", () => {
    const stack = synthesizePermission({
      identity: { kind: "role", name: "ci", nameReference: "${aws_iam_role.ci.name}" },
      roleArns: [IMAGES],
    });
    expect(only(stack, "aws_iam_role_policy").role).toBe("${aws_iam_role.ci.name}");
  });

  test("the same roles in another order give the same JSON", () => {
    const identity = { kind: "role", name: "ci" } as const;
    expect(synthesizePermission({ identity, roleArns: [IMAGES, BILLING] })).toEqual(
      synthesizePermission({ identity, roleArns: [BILLING, IMAGES] }),
    );
  });
});

test("nothing to assume gives no resource", () => {
  const stack = synthesizePermission({ identity: { kind: "role", name: "ci" }, roleArns: [] });
  expect(stack.resource).toEqual({});
});

describe("where it does not fit, it is numbered customer managed policies", () => {
  test.each([
    ["role", "aws_iam_role_policy_attachment"],
    ["user", "aws_iam_user_policy_attachment"],
    ["group", "aws_iam_group_policy_attachment"],
  ] as const)("each attached to the %s", (kind, attachment) => {
    const stack = synthesizePermission({
      identity: { kind, name: "ci", placement: "managed-only" },
      roleArns: roleArns(2),
    });
    expect(countResources(stack)).toEqual({ aws_iam_policy: 1, [attachment]: 1 });
    expect(only(stack, "aws_iam_policy")).toMatchObject({
      name: `CrossAccountAssumeRole-${kind}-ci-1`,
      description: `Roles that ${kind} ci may assume in other accounts`,
    });
    expect(only(stack, attachment)).toEqual({
      [kind]: "ci",
      policy_arn: `\${${addressOf(stack, "aws_iam_policy")}.arn}`,
    });
  });

  test("a role's inline policy holds 198 usual ARNs; one more makes two managed policies", () => {
    const identity = { kind: "role", name: "ci" } as const;
    expect(countResources(synthesizePermission({ identity, roleArns: roleArns(198) }))).toEqual({
      aws_iam_role_policy: 1,
    });
    const stack = synthesizePermission({ identity, roleArns: roleArns(199) });
    expect(countResources(stack)).toEqual({
      aws_iam_policy: 2,
      aws_iam_role_policy_attachment: 2,
    });
    const policies = managed(stack);
    expect(Object.keys(policies).sort()).toEqual([
      "CrossAccountAssumeRole-role-ci-1",
      "CrossAccountAssumeRole-role-ci-2",
    ]);
    expect(Object.values(policies).flat().sort()).toEqual(roleArns(199));
  });

  test("one more account changes one policy; the others keep name, address and text", () => {
    const identity = { kind: "role", name: "ci" } as const;
    const before = synthesizePermission({ identity, roleArns: roleArns(300) });
    const after = synthesizePermission({ identity, roleArns: roleArns(301) });
    const was = resourcesOf(before, "aws_iam_policy");
    const is = resourcesOf(after, "aws_iam_policy");
    expect(Object.keys(is)).toEqual(Object.keys(was));
    const changed = Object.keys(is).filter((address) => is[address].policy !== was[address].policy);
    expect(changed).toHaveLength(1);
    expect(after.resource.aws_iam_role_policy_attachment).toEqual(
      before.resource.aws_iam_role_policy_attachment,
    );
  });

  test("a name too long for IAM gives way to a hash, and names stay apart", () => {
    const name = "n".repeat(128);
    const names = ["user", "group"].flatMap((kind) =>
      [name, `${name.slice(1)}m`].map((each) =>
        String(
          only(
            synthesizePermission({
              identity: {
                kind: kind === "user" ? "user" : "group",
                name: each,
                placement: "managed-only",
              },
              roleArns: roleArns(1),
            }),
            "aws_iam_policy",
          ).name,
        ),
      ),
    );
    expect(names.map((each) => each.length)).toEqual([128, 128, 128, 128]);
    expect(new Set(names).size).toBe(4);
  });
});

test("fails with the number that fits when the identity's quotas are full", () => {
  expect(() =>
    synthesizePermission({
      identity: { kind: "group", name: "admins", otherManagedPolicies: 9 },
      roleArns: roleArns(300),
    }),
  ).toThrow(
    "group admins: expected at most 118 role ARNs in its sts:AssumeRole policies, found 300; split the roles over several identities, or name fewer roles per account",
  );
});

test.each(["*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:root", "BuildRole"])(
  "fails for %s: only whole role ARNs are allowed",
  (arn) => {
    expect(() =>
      synthesizePermission({ identity: { kind: "role", name: "ci" }, roleArns: [IMAGES, arn] }),
    ).toThrow("expected the ARN of one role, without wildcards");
  },
);
