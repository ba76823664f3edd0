import { BlockReader } from "./block-reader";
import type { DeclaredIdentity, EntityName, StackDeclarations } from "./declarations";
import type { FoundInStack, ReadBlock } from "./found-in-stack";
import { readControlPolicyAttachment } from "./read-control-policies";
import { isEntrance, readEntrance } from "./read-entrances";
import {
  grantManaged,
  readAttachment,
  readGroupMembership,
  readInlinePolicy,
  readInlinePolicyBlocks,
  readPolicyAttachment,
  readUserGroupMembership,
} from "./read-grants";
import { READ_RESOURCES } from "./read-resources";
import type { policyReader } from "./policy-text";
import { isOfPermissionSet, readPermissionSets } from "./read-permission-sets";
import type { KnownFacts } from "./references";
import { tryKnownText } from "./resolved-text";
import type { TerraformBlock, TerraformStackJson } from "./terraform-json";
import { tryUnread } from "./unread-resources";

/** What one stack says of roles, users, groups, resources with policies, and these policies. */
export function readStack(
  stack: TerraformStackJson,
  known: KnownFacts,
  readPolicy: ReturnType<typeof policyReader>,
): StackDeclarations {
  const reader = new BlockReader(stack, known, readPolicy);
  for (const address of stack.malformed) {
    reader.report(address, "", "not of the shape that Terraform reads");
  }
  for (const module of stack.modules) {
    reader.report(`module.${module}`, "", "modules are not read: it may define anything");
  }
  const found: FoundInStack = {
    identities: [],
    policies: [],
    grants: [],
    memberships: [],
    resources: [],
    resourcePolicies: [],
    keyGrants: [],
    controlPolicies: [],
    entrances: [],
  };
  for (const block of stack.blocks) {
    if (isEntrance(block)) readEntrance(reader, block, found);
    else if (!isOfPermissionSet(block)) readBlock(reader, block, found);
  }
  readPermissionSets(reader, found);
  return {
    stack: stack.name,
    accountIds: reader.accountIds(),
    ...found,
    unknowns: reader.unknowns,
  };
}

const READ: ReadonlyMap<string, ReadBlock> = new Map<string, ReadBlock>([
  ["aws_iam_role", readRole],
  ["data.aws_iam_role", readExistingRole],
  ["aws_iam_user", readUser],
  ["aws_iam_policy", readManagedPolicy],
  ["aws_iam_role_policy", readInlinePolicy("role")],
  ["aws_iam_user_policy", readInlinePolicy("user")],
  ["aws_iam_group_policy", readInlinePolicy("group")],
  ["aws_iam_role_policy_attachment", readAttachment("role")],
  ["aws_iam_user_policy_attachment", readAttachment("user")],
  ["aws_iam_group_policy_attachment", readAttachment("group")],
  ["aws_iam_policy_attachment", readPolicyAttachment],
  ["aws_iam_group_membership", readGroupMembership],
  ["aws_iam_user_group_membership", readUserGroupMembership],
  ["aws_organizations_policy_attachment", readControlPolicyAttachment],
  ...READ_RESOURCES,
]);

function readBlock(reader: BlockReader, block: TerraformBlock, found: FoundInStack): void {
  const read = READ.get(block.mode === "data" ? `data.${block.type}` : block.type);
  if (read === undefined) {
    const unread = block.mode === "resource" ? tryUnread(block.type) : undefined;
    if (unread !== undefined) reader.report(block.address, "", unread.reason, unread.bearing);
    return;
  }
  const bearing = /^aws_(iam|organizations)_/.test(block.type) ? "access" : "resources";
  if (bearing === "access") reader.reportIgnoredChanges(block);
  const multiple = ["count", "for_each"].find((key) => block.body[key] !== undefined);
  if (multiple === undefined) read(reader, block, found);
  else reader.report(block.address, multiple, "how many there are of it is not read", bearing);
}

function readRole(reader: BlockReader, block: TerraformBlock, found: FoundInStack): void {
  const trustPolicy = reader.policy(block, "assume_role_policy", block.body.assume_role_policy);
  const seconds = Number(block.body.max_session_duration ?? NaN);
  const role = readIdentity(reader, block, "role", found, {
    trustPolicy: trustPolicy ?? "unknown",
    ...(Number.isInteger(seconds) && { maxSessionDuration: seconds }),
  });
  if (role === undefined) return;
  readInlinePolicyBlocks(reader, block, role, found);
  const attached = reader.list(block, "managed_policy_arns");
  for (const value of attached ?? [block.body.managed_policy_arns]) {
    grantManaged(reader, block, "managed_policy_arns", role, value, found);
  }
}

function readExistingRole(reader: BlockReader, block: TerraformBlock, found: FoundInStack): void {
  const role = readIdentity(reader, block, "role", found, { trustPolicy: "unknown" });
  if (role === undefined) return;
  const { doubt } = reader.known.existingPath(role.accountId, "role", role.name);
  if (doubt !== undefined) reader.report(block.address, "path", doubt);
}

function readUser(reader: BlockReader, block: TerraformBlock, found: FoundInStack): void {
  readIdentity(reader, block, "user", found, {});
}

function readIdentity(
  reader: BlockReader,
  block: TerraformBlock,
  kind: "role" | "user",
  found: FoundInStack,
  ofRole: Pick<DeclaredIdentity, "trustPolicy" | "maxSessionDuration">,
): EntityName | undefined {
  const entity = reader.entity(block, kind, "name", reader.references.attribute(block, "name"));
  const path = reader.attribute(block, "path");
  if (entity === undefined || path === undefined) return undefined;
  const arn = reader.attribute(block, "arn");
  if (arn === undefined) return undefined;
  const uniqueId = tryKnownText(reader.references.attribute(block, "unique_id"));
  found.identities.push({
    kind,
    accountId: entity.accountId,
    arn,
    name: entity.name,
    path,
    ...(uniqueId !== undefined && { uniqueId }),
    ...ofRole,
    ...permissionsBoundaryOf(reader, block),
    defined: block.mode === "resource",
    origin: reader.origin(block),
  });
  return entity;
}

function permissionsBoundaryOf(
  reader: BlockReader,
  block: TerraformBlock,
): Pick<DeclaredIdentity, "permissionsBoundary"> {
  const argument = "permissions_boundary";
  const given: unknown = block.body[argument] ?? "";
  if (reader.ignoresChanges(block, argument)) return { permissionsBoundary: { text: "" } };
  return given === ""
    ? {}
    : { permissionsBoundary: reader.policyReference(block, argument, given) };
}

function readManagedPolicy(reader: BlockReader, block: TerraformBlock, found: FoundInStack): void {
  found.policies.push({
    arn: tryKnownText(reader.references.attribute(block, "arn")),
    document: reader.policy(block, "policy", block.body.policy),
    origin: reader.origin(block),
  });
}
