import type { AccessRequest, AssumeRoleRequest } from "./request";
import type { StsAction } from "./sts-action";

/** The request of one permission that a request to assume a role needs. */
export function permissionRequest(
  { caller, role, context }: AssumeRoleRequest,
  action: StsAction,
): AccessRequest {
  const { arn, accountId, trustPolicy, resourceControlPolicies } = role;
  const resource = { arn, accountId, policy: trustPolicy, resourceControlPolicies };
  return { caller, action, resource, context };
}
