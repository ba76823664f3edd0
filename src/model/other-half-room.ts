import type { OtherHalfIdentity } from "../iam/other-half";
import { policyDocument, policySize, type Statement } from "../iam/policy-document";
import { selfManagedMfaPolicy } from "../iam/self-managed-mfa";
import type { Group, Role, User } from "./model";

/** What a role's own policies and its account's quotas leave for the roles that it may assume. */
export function otherHalfRoom(role: Role): OtherHalfIdentity {
  // An existing role's inline policies are not ours to count, so ours are attached beside them.
  const isExisting = role.ownership === "existing";
  return {
    kind: "role",
    managedPoliciesQuota: role.account.quotas.managedPoliciesPerRole,
    otherManagedPolicies:
      role.managedPolicyArns.length + (isExisting && role.mayUse.length > 0 ? 1 : 0),
    otherInlineSize: sizeOf(role.statements) + (isExisting ? 0 : sizeOf(role.mayUse)),
    placement: isExisting ? "managed-only" : "inline-first",
  };
}

/** What a user's half of shared resources leaves for the roles that it may assume. */
export function otherHalfRoomOfUser({ mayUse }: User): OtherHalfIdentity {
  return { kind: "user", otherInlineSize: sizeOf(mayUse) };
}

/** What a group's own policies leave for the roles that its members may assume. */
export function otherHalfRoomOfGroup(group: Group): OtherHalfIdentity {
  const { account, statements, sessionPermissions, selfManagedMfa, managedPolicyArns } = group;
  const mfa = selfManagedMfa ? policySize(selfManagedMfaPolicy(account.partition, account.id)) : 0;
  return {
    kind: "group",
    otherInlineSize: sizeOf(statements) + sizeOf(sessionPermissions) + mfa,
    otherManagedPolicies: managedPolicyArns.length,
  };
}

function sizeOf(statements: readonly Statement[]): number {
  return statements.length === 0 ? 0 : policySize(policyDocument(statements));
}
