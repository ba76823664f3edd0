import type { BlockReader } from "./block-reader";
import type { EntityName } from "./declarations";
import type { FoundInStack, ReadBlock } from "./found-in-stack";
import { tryKnownText } from "./resolved-text";
import type { TerraformBlock } from "./terraform-json";
import { tryBlockList } from "./terraform-json";

/** The deprecated `inline_policy` blocks of a role. */
export function readInlinePolicyBlocks(
  reader: BlockReader,
  block: TerraformBlock,
  to: EntityName,
  found: FoundInStack,
): void {
  const origin = reader.origin(block);
  const blocks = tryBlockList(block.body.inline_policy);
  for (const [index, { name, policy }] of (blocks ?? []).entries()) {
    // An empty block says that the role has no inline policies.
    if (policy === undefined) continue;
    const attribute = `inline_policy[${index}]`;
    found.grants.push({
      to,
      policy: {
        kind: "inline",
        name: tryKnownText(reader.references.text(name)) ?? attribute,
        document: reader.policy(block, attribute, policy),
      },
      origin,
    });
  }
  if (blocks !== undefined && block.body.dynamic === undefined) return;
  reader.report(block.address, "inline_policy", "dynamic blocks are not read");
  found.grants.push({ to, policy: { kind: "inline", name: "inline_policy" }, origin });
}

/** `aws_iam_role_policy`, `aws_iam_user_policy` and `aws_iam_group_policy`. */
export function readInlinePolicy(kind: EntityName["kind"]): ReadBlock {
  return (reader, block, found) => {
    const to = reader.entity(block, kind, kind, reader.references.text(block.body[kind]));
    const document = reader.policy(block, "policy", block.body.policy);
    if (to === undefined) return;
    const name = tryKnownText(reader.references.attribute(block, "name")) ?? block.address;
    const origin = reader.origin(block);
    found.grants.push({ to, policy: { kind: "inline", name, document }, origin });
  };
}

/** `aws_iam_role_policy_attachment` and its like for users and groups. */
export function readAttachment(kind: EntityName["kind"]): ReadBlock {
  return (reader, block, found) => {
    const to = reader.entity(block, kind, kind, reader.references.text(block.body[kind]));
    if (to === undefined) return;
    grantManaged(reader, block, "policy_arn", to, block.body.policy_arn, found);
  };
}

/** `aws_iam_policy_attachment`: one policy for several roles, users and groups. */
export function readPolicyAttachment(
  reader: BlockReader,
  block: TerraformBlock,
  found: FoundInStack,
): void {
  for (const kind of ["role", "user", "group"] as const) {
    for (const to of entities(reader, block, kind, `${kind}s`)) {
      grantManaged(reader, block, "policy_arn", to, block.body.policy_arn, found);
    }
  }
}

/** `aws_iam_group_membership`: the users of a group. */
export function readGroupMembership(
  reader: BlockReader,
  block: TerraformBlock,
  found: FoundInStack,
): void {
  const group = reader.entity(block, "group", "group", reader.references.text(block.body.group));
  if (group === undefined) return;
  for (const user of entities(reader, block, "user", "users")) {
    found.memberships.push({ user, group, origin: reader.origin(block) });
  }
}

/** `aws_iam_user_group_membership`: the groups of a user. */
export function readUserGroupMembership(
  reader: BlockReader,
  block: TerraformBlock,
  found: FoundInStack,
): void {
  const user = reader.entity(block, "user", "user", reader.references.text(block.body.user));
  if (user === undefined) return;
  for (const group of entities(reader, block, "group", "groups")) {
    found.memberships.push({ user, group, origin: reader.origin(block) });
  }
}

function entities(
  reader: BlockReader,
  block: TerraformBlock,
  kind: EntityName["kind"],
  attribute: string,
): readonly EntityName[] {
  return (reader.list(block, attribute) ?? []).flatMap(
    (name) => reader.entity(block, kind, attribute, reader.references.text(name)) ?? [],
  );
}

/** Attaches the managed policy that a value refers to, known or not. */
export function grantManaged(
  reader: BlockReader,
  block: TerraformBlock,
  attribute: string,
  to: EntityName,
  value: unknown,
  found: FoundInStack,
): void {
  const reference = reader.policyReference(block, attribute, value);
  found.grants.push({ to, policy: { kind: "managed", reference }, origin: reader.origin(block) });
}
