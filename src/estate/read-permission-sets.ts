import { isAccountId, PARTITIONS, tryParseIamArn } from "../iam/arn";
import { permissionSetRoleArn } from "../iam/permission-set-role";
import { policyDocument } from "../iam/policy-document";
import type { BlockReader } from "./block-reader";
import type { DeclaredGrant, EntityName } from "./declarations";
import type { FoundInStack } from "./found-in-stack";
import { readAssignment } from "./read-entrances";
import { explainUnresolved, tryKnownText } from "./resolved-text";
import { tryWholeTraversal } from "./template";
import type { TerraformBlock } from "./terraform-json";

/** Resources that together make a permission set and give it to people in accounts. */
const TYPES: ReadonlySet<string> = new Set([
  "aws_ssoadmin_permission_set",
  "aws_ssoadmin_permission_set_inline_policy",
  "aws_ssoadmin_managed_policy_attachment",
  "aws_ssoadmin_account_assignment",
]);

/** Whether a resource is read by `readPermissionSets`. */
export function isOfPermissionSet({ mode, type }: TerraformBlock): boolean {
  return mode === "resource" && TYPES.has(type);
}

/** A permission set of the stack by its address, as far as its blocks were read. */
interface PermissionSetBlocks {
  readonly block: TerraformBlock;
  readonly inlinePolicies: TerraformBlock[];
  readonly managedPolicies: TerraformBlock[];
  readonly assignments: TerraformBlock[];
}

/**
 * Permission sets of Identity Center: in each account in which somebody gets one there is a role with
 * its policies, of a name that cannot be known (`permissionSetRoleArn`). Nobody assumes it by IAM: who
 * signs in is what the assignments say.
 */
export function readPermissionSets(reader: BlockReader, found: FoundInStack): void {
  for (const set of permissionSetsOf(reader, found).values()) {
    const name = reader.attribute(set.block, "name");
    for (const assignment of set.assignments) readAssignment(name)(reader, assignment, found);
    if (name === undefined) continue;
    const region = tryKnownText(reader.references.region(set.block)) ?? "*";
    const seen = new Set<string>();
    for (const assignment of set.assignments) {
      const to = targetOf(reader, assignment, name);
      if (to === undefined || seen.has(to.accountId)) continue;
      seen.add(to.accountId);
      const arn = permissionSetRoleArn({ ...to, permissionSet: name }, region);
      const { name: roleName, path } = tryParseIamArn(arn) ?? { name, path: "/" };
      const role: EntityName = { ...to, name: roleName };
      found.identities.push({
        kind: "role",
        accountId: to.accountId,
        arn,
        name: roleName,
        path,
        trustPolicy: policyDocument([]),
        defined: true,
        origin: reader.origin(assignment),
      });
      found.grants.push(...grantsOf(reader, set, role));
    }
  }
}

function permissionSetsOf(
  reader: BlockReader,
  found: FoundInStack,
): ReadonlyMap<string, PermissionSetBlocks> {
  const sets = new Map<string, PermissionSetBlocks>();
  const blocks = reader.stack.blocks.filter(isOfPermissionSet);
  for (const block of blocks) {
    if (block.type !== "aws_ssoadmin_permission_set") continue;
    sets.set(block.address, { block, inlinePolicies: [], managedPolicies: [], assignments: [] });
  }
  for (const block of blocks) {
    if (block.type === "aws_ssoadmin_permission_set") continue;
    const traversal = tryWholeTraversal(block.body.permission_set_arn);
    const set = traversal?.attribute === "arn" ? sets.get(traversal.address) : undefined;
    if (set === undefined) {
      if (block.type === "aws_ssoadmin_account_assignment") {
        readAssignment(undefined)(reader, block, found);
      }
      reader.report(
        block.address,
        "permission_set_arn",
        "a permission set that no resource of the stack makes: what it is called is not known",
      );
    } else listOf(set, block.type).push(block);
  }
  return sets;
}

function listOf(set: PermissionSetBlocks, type: string): TerraformBlock[] {
  if (type === "aws_ssoadmin_account_assignment") return set.assignments;
  return type === "aws_ssoadmin_managed_policy_attachment"
    ? set.managedPolicies
    : set.inlinePolicies;
}

/** The account of an assignment. */
function targetOf(
  reader: BlockReader,
  assignment: TerraformBlock,
  name: string,
): EntityName | undefined {
  const target = reader.references.text(assignment.body.target_id);
  const accountId = tryKnownText(target);
  const partition = PARTITIONS.find(
    (known) => known === tryKnownText(reader.references.partition(assignment)),
  );
  if (accountId === undefined || !isAccountId(accountId) || partition === undefined) {
    reader.report(assignment.address, "target_id", explainUnresolved(target));
    return undefined;
  }
  return { accountId, partition, kind: "role", name };
}

function grantsOf(
  reader: BlockReader,
  { inlinePolicies, managedPolicies }: PermissionSetBlocks,
  to: EntityName,
): readonly DeclaredGrant[] {
  return [
    ...inlinePolicies.map((block): DeclaredGrant => ({
      to,
      policy: {
        kind: "inline",
        name: "AwsSSOInlinePolicy",
        document: reader.policy(block, "inline_policy", block.body.inline_policy),
      },
      origin: reader.origin(block),
    })),
    ...managedPolicies.map((block): DeclaredGrant => ({
      to,
      policy: {
        kind: "managed",
        reference: reader.policyReference(
          block,
          "managed_policy_arn",
          block.body.managed_policy_arn,
        ),
      },
      origin: reader.origin(block),
    })),
  ];
}
