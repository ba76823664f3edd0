import { isAccountId } from "../iam/arn";
import type { ControlPolicyKind } from "../iam/full-access-policies";
import type { BlockReader } from "./block-reader";
import type { ReadBlock } from "./found-in-stack";
import { tryWholeTraversal } from "./template";
import type { TerraformBlock } from "./terraform-json";

const POLICY = "aws_organizations_policy";

const KINDS: ReadonlyMap<string, ControlPolicyKind> = new Map([
  ["SERVICE_CONTROL_POLICY", "service"],
  ["RESOURCE_CONTROL_POLICY", "resource"],
]);

/** Policies of AWS's own that let everything through. */
const FULL_ACCESS = /^p-(RCP)?FullAWSAccess$/;

/**
 * `aws_organizations_policy_attachment`: a service or resource control policy of the same stack on an
 * account. What one on the root or on a unit binds the stacks do not say, nor what a policy says that is
 * made elsewhere: both can only take access away, and are reported.
 */
export const readControlPolicyAttachment: ReadBlock = (reader, block, found) => {
  const policyId = block.body.policy_id;
  if (typeof policyId === "string" && FULL_ACCESS.test(policyId)) return;
  const policy = policyOfStack(reader, policyId);
  if (policy === undefined) {
    reader.report(
      block.address,
      "policy_id",
      "a control policy that no resource of the stack makes",
    );
    return;
  }
  const kind = kindOf(reader, policy);
  if (kind === undefined) return;
  const target = reader.attribute(block, "target_id");
  if (target === undefined) return;
  if (!isAccountId(target)) {
    reader.report(
      block.address,
      "target_id",
      `which accounts are under ${target} is not told by the stacks`,
    );
    return;
  }
  const name = reader.attribute(policy, "name") ?? policy.address;
  const document = reader.policy(policy, "content", policy.body.content);
  found.controlPolicies.push({
    accountId: target,
    kind,
    policy: document === undefined ? { name } : { name, document },
    origin: reader.origin(block),
  });
};

function policyOfStack(reader: BlockReader, value: unknown): TerraformBlock | undefined {
  const traversal = tryWholeTraversal(value);
  if (traversal?.type !== POLICY || traversal.attribute !== "id") return undefined;
  return reader.stack.blockAt.get(traversal.address);
}

/** Undefined for policies about backups, tags and the like, which control no access. */
function kindOf(reader: BlockReader, policy: TerraformBlock): ControlPolicyKind | undefined {
  const { type = "SERVICE_CONTROL_POLICY" } = policy.body;
  return typeof type === "string" ? KINDS.get(type) : undefined;
}
