import { assumeRolePolicy } from "../iam/assume-role-policy";
import { asArray, policyDocument, type PolicyDocument } from "../iam/policy-document";
import type { PermissionSet } from "./model";

/**
 * The inline policy of a permission set: its own statements, and the permission to assume the roles that
 * trust it. Undefined where it has neither. It cannot be attached to the role that Identity Center makes:
 * AWS refuses changes of it.
 */
export function permissionSetPolicy({
  statements,
  mayAssume,
  sessionPermissions,
}: Pick<PermissionSet, "statements" | "mayAssume" | "sessionPermissions">):
  PolicyDocument | undefined {
  const half = mayAssume.length === 0 ? [] : asArray(assumeRolePolicy(mayAssume).Statement);
  const all = [...statements, ...half, ...sessionPermissions];
  return all.length === 0 ? undefined : policyDocument(all);
}
