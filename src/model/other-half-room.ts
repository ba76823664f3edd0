import type { OtherHalfIdentity } from "../iam/other-half";
import { policyDocument, policySize } from "../iam/policy-document";
import type { Role } from "./model";

/** What a role's own policies and its account's quotas leave for the roles that it may assume. */
export function otherHalfRoom(role: Role): OtherHalfIdentity {
  return {
    kind: "role",
    managedPoliciesQuota: role.account.quotas.managedPoliciesPerRole,
    otherManagedPolicies: role.managedPolicyArns.length,
    otherInlineSize: role.statements.length === 0 ? 0 : policySize(policyDocument(role.statements)),
    // An existing role's inline policies are not ours to count, so ours is attached beside them.
    placement: role.ownership === "existing" ? "managed-only" : "inline-first",
  };
}
