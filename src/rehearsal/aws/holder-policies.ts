import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { tryFindManagedPolicy } from "../../iam/managed-policies";
import { INLINE_POLICIES_SIZE, MANAGED_POLICIES_PER_IDENTITY } from "../../iam/quotas";
import {
  AwsError,
  inlinePoliciesTooLong,
  policyNotAttachable,
  quotaExceeded,
  serviceRolePolicy,
} from "./aws-error";
import type { SimulatedIdentity } from "./entities";
import type { SimulatedAccount } from "./simulated-account";
import { storedIdentityPolicy } from "./stored-policy";

/** A role, user or group by its kind and name. */
export interface HolderName {
  readonly kind: SimulatedIdentity["kind"];
  readonly name: string;
}

/** PutRolePolicy, PutUserPolicy, PutGroupPolicy: makes or replaces an inline policy. */
export function putInlinePolicy(
  account: SimulatedAccount,
  { kind, name }: HolderName,
  policyName: string,
  policy: ResolvedText,
  origin: Origin,
): void {
  const holder = account.identity(kind, name);
  const inlinePolicies = new Map(holder.inlinePolicies);
  inlinePolicies.set(policyName, { ...storedIdentityPolicy(policy), origin });
  const size = [...inlinePolicies.values()].reduce((sum, { size }) => sum + size, 0);
  const limit = INLINE_POLICIES_SIZE[kind];
  if (size > limit) throw inlinePoliciesTooLong(kind, name, limit);
  account.putIdentity({ ...holder, inlinePolicies });
}

/** DeleteRolePolicy, DeleteUserPolicy, DeleteGroupPolicy. */
export function deleteInlinePolicy(
  account: SimulatedAccount,
  { kind, name }: HolderName,
  policyName: string,
): void {
  const holder = account.identity(kind, name);
  const inlinePolicies = new Map(holder.inlinePolicies);
  if (!inlinePolicies.delete(policyName)) {
    throw new AwsError(
      "NoSuchEntity",
      `The ${kind} policy with name ${policyName} cannot be found.`,
    );
  }
  account.putIdentity({ ...holder, inlinePolicies });
}

/** AttachRolePolicy, AttachUserPolicy, AttachGroupPolicy; attaching once more changes nothing. */
export function attachPolicy(
  account: SimulatedAccount,
  { kind, name }: HolderName,
  policyArn: string,
  origin: Origin,
): void {
  const holder = account.identity(kind, name);
  if (!account.hasPolicy(policyArn)) throw policyNotAttachable(policyArn);
  if (tryFindManagedPolicy(policyArn)?.attachable === false) throw serviceRolePolicy();
  const attachedPolicies = new Map(holder.attachedPolicies);
  attachedPolicies.set(policyArn, origin);
  const limit =
    kind === "role" ? account.quotas.managedPoliciesPerRole : MANAGED_POLICIES_PER_IDENTITY;
  if (attachedPolicies.size > limit) throw quotaExceeded(ATTACHMENT_QUOTA[kind], limit);
  account.putIdentity({ ...holder, attachedPolicies });
}

/** DetachRolePolicy, DetachUserPolicy, DetachGroupPolicy. */
export function detachPolicy(
  account: SimulatedAccount,
  { kind, name }: HolderName,
  policyArn: string,
): void {
  const holder = account.identity(kind, name);
  const attachedPolicies = new Map(holder.attachedPolicies);
  if (!attachedPolicies.delete(policyArn)) {
    throw new AwsError("NoSuchEntity", `Policy ${policyArn} was not found.`);
  }
  account.putIdentity({ ...holder, attachedPolicies });
}

const ATTACHMENT_QUOTA = {
  role: "PoliciesPerRole",
  user: "PoliciesPerUser",
  group: "PoliciesPerGroup",
} as const;
