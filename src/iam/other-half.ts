import { assumeRolePolicy } from "./assume-role-policy";
import type { PolicyDocument } from "./policy-document";
import { policySize } from "./policy-document";
import type { IdentityKind } from "./quotas";
import { INLINE_POLICIES_SIZE, MANAGED_POLICIES_PER_IDENTITY, MANAGED_POLICY_SIZE } from "./quotas";
import type { Buckets } from "./stable-buckets";
import { distribute } from "./stable-buckets";

/** The identity that gets an other half, and the room that it has for it. */
export interface OtherHalfIdentity {
  readonly kind: IdentityKind;
  /** Characters of its inline policies besides the other half, as AWS counts them. @default 0 */
  readonly otherInlineSize?: number;
  /** Managed policies attached to it besides the other half's. @default 0 */
  readonly otherManagedPolicies?: number;
  /** Managed policies that AWS lets be attached to it, where that was raised. @default 10 */
  readonly managedPoliciesQuota?: number;
  /** `managed-only`: for a role that is not ours, whose inline policies stay alone. @default "inline-first" */
  readonly placement?: "inline-first" | "managed-only";
}

/** One of the numbered customer managed policies that an other half is made of. */
export interface NumberedPolicy {
  /** Counts from 1; a number stays with its roles as long as the number of policies does. */
  readonly number: number;
  readonly policy: PolicyDocument;
}

/** Where the permission to assume roles goes. */
export type OtherHalf =
  | { readonly kind: "none" }
  | { readonly kind: "inline"; readonly policy: PolicyDocument }
  | { readonly kind: "managed"; readonly policies: readonly NumberedPolicy[] }
  | {
      /** The identity's quotas cannot hold it. */
      readonly kind: "overflow";
      /** How many of these roles fit. */
      readonly fits: number;
      /** How many roles do not. */
      readonly over: number;
    };

/** Share of its size to which managed policies are filled, so that one more role has room. */
const FILL = 0.9;

/** A role ARN of usual length, `arn:aws:iam::111122223333:role/xacct/deploy-role`. */
const USUAL_ARN_LENGTH = 48;

/** What a managed policy has for role ARNs; the last ARN has no comma, hence the one more. */
const CAPACITY = MANAGED_POLICY_SIZE - emptyListPolicySize() + 1;

/**
 * Distributes the roles that an identity may assume: into one inline policy where that fits, else
 * into as few numbered customer managed policies as they fill to 90%, or to the brim where the
 * identity's quota leaves no room for one more.
 *
 * Stable, so that plans stay small: with the same number of policies one more role changes one
 * policy, or a few where policies are full; with one policy more, roles move into the new one, and
 * between old ones only back to where they had found no room before.
 *
 * Throws like `assumeRolePolicy` when something is not the ARN of one role.
 */
export function otherHalf(roleArns: readonly string[], identity: OtherHalfIdentity): OtherHalf {
  const arns = [...new Set(roleArns)].sort();
  if (arns.length === 0) return { kind: "none" };
  const policy = assumeRolePolicy(arns);
  if (policySize(policy) <= inlineRoom(identity)) return { kind: "inline", policy };

  const most = managedPoliciesLeft(identity);
  const items = arns.map((arn) => ({ key: arn, size: listedSize(arn) }));
  const size = items.reduce((sum, item) => sum + item.size, 0);
  let count = Math.min(most, Math.ceil(size / (FILL * CAPACITY)));
  let placed = distribute(items, count, CAPACITY);
  while (placed.leftOver.length > 0 && count < most) {
    count += 1;
    placed = distribute(items, count, CAPACITY);
  }
  if (placed.leftOver.length > 0) {
    const fits = Math.max(arns.length - placed.leftOver.length, fittingInline(arns, identity));
    return { kind: "overflow", fits, over: arns.length - fits };
  }
  return { kind: "managed", policies: numbered(placed) };
}

/**
 * About how many more roles an identity may be allowed to assume until its quotas are full, counted
 * in ARNs as long as those it has (48 characters where it has none). 0 also when it is over already.
 */
export function roomLeft(roleArns: readonly string[], identity: OtherHalfIdentity): number {
  const arns = [...new Set(roleArns)].sort();
  const items = arns.map((arn) => ({ key: arn, size: listedSize(arn) }));
  const size = items.reduce((sum, item) => sum + item.size, 0);
  const usual = arns.length === 0 ? USUAL_ARN_LENGTH + 3 : Math.ceil(size / arns.length);

  const inline = Math.floor((inlineRoom(identity) - emptyListPolicySize() + 1 - size) / usual);
  const { free, leftOver } = distribute(items, managedPoliciesLeft(identity), CAPACITY);
  const managed = free.reduce((sum, each) => sum + Math.floor(each / usual), 0);
  return Math.max(0, inline, leftOver.length > 0 ? 0 : managed);
}

function inlineRoom(identity: OtherHalfIdentity): number {
  if (identity.placement === "managed-only") return 0;
  return INLINE_POLICIES_SIZE[identity.kind] - (identity.otherInlineSize ?? 0);
}

function managedPoliciesLeft(identity: OtherHalfIdentity): number {
  const quota = identity.managedPoliciesQuota ?? MANAGED_POLICIES_PER_IDENTITY;
  return Math.max(0, quota - (identity.otherManagedPolicies ?? 0));
}

/** How many of these ARNs, the shortest first, one inline policy holds. */
function fittingInline(arns: readonly string[], identity: OtherHalfIdentity): number {
  let room = inlineRoom(identity) - emptyListPolicySize() + 1;
  return arns
    .map(listedSize)
    .sort((a, b) => a - b)
    .filter((size) => (room -= size) >= 0).length;
}

function numbered({ buckets }: Buckets): readonly NumberedPolicy[] {
  return buckets.flatMap((arns, index) =>
    arns.length === 0 ? [] : [{ number: index + 1, policy: assumeRolePolicy(arns) }],
  );
}

/** Characters that an ARN takes in a list: its own, two quotation marks and a comma. */
function listedSize(arn: string): number {
  return arn.length + 3;
}

/** Characters of the other half without an ARN in its list. */
function emptyListPolicySize(): number {
  const [one, two] = ["a", "b"].map((name) => `arn:aws:iam::111122223333:role/${name}`);
  return policySize(assumeRolePolicy([one, two])) - listedSize(one) - listedSize(two) + 1;
}
