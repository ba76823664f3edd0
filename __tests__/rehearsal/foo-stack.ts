import {
  HUB,
  mayAssume,
  MEMBER,
  outputs,
  roleArn,
  rootOf,
  trustOf,
  type StackParts,
} from "./stacks";

export const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

/** Role `foo` with an inline policy, an attached one and an own managed one. */
export function fooStack(part: Readonly<Record<string, unknown>> = {}): StackParts {
  return {
    resource: {
      // In this order, so that references decide and not the file.
      aws_iam_instance_profile: { p: { name: "foo", role: "${aws_iam_role.foo.name}" } },
      aws_iam_policy: { own: { name: "own", policy: mayAssume(roleArn(HUB, "x")) } },
      aws_iam_role_policy: {
        inline: { name: "inline", role: "${aws_iam_role.foo.name}", policy: mayAssume("*") },
      },
      aws_iam_role_policy_attachment: {
        aws: { role: "${aws_iam_role.foo.name}", policy_arn: READ_ONLY },
        own: { role: "${aws_iam_role.foo.name}", policy_arn: "${aws_iam_policy.own.arn}" },
      },
      aws_iam_role: { foo: { name: "foo", assume_role_policy: trustOf(rootOf(HUB)), ...part } },
    },
    output: outputs({
      trusted_principals: { [roleArn(MEMBER, "foo")]: "${aws_iam_role.foo.unique_id}" },
      role_arns: { foo: "${aws_iam_role.foo.arn}" },
      trusts: { [roleArn(MEMBER, "foo")]: { [roleArn(HUB, "bar")]: "account" } },
    }),
  };
}

/** What its first deploy does. */
export const CREATED = [
  "create aws_iam_role.foo",
  "create aws_iam_instance_profile.p",
  "create aws_iam_policy.own",
  "create aws_iam_role_policy.inline",
  "create aws_iam_role_policy_attachment.aws",
  "create aws_iam_role_policy_attachment.own",
];
