import type { PolicyDocument } from "../policy-document";
import { controlEffects, type ControlEffect } from "./control-policies";
import { either, NONE, type Grant } from "./grant";
import { evaluatePolicies, type PolicyEffect, type Verdict } from "./policy-effect";
import { hasIdentityPolicies, type PrincipalMatch } from "./principal-match";
import type { AccessRequest, NamedPolicy } from "./request";
import { evaluateResourcePolicy, type ResourceEffect } from "./resource-effect";
import { rulesFor } from "./service-rules";
import { and, type Truth } from "./three-valued";

/** What each kind of policy says about a permission. */
export interface Effects {
  readonly resource: ResourceEffect;
  /** Undefined for services, federated callers and root users: they have no identity policies. */
  readonly identity?: PolicyEffect;
  /** Undefined where there is no boundary. */
  readonly boundary?: PolicyEffect;
  /** Undefined where the session was made without session policies. */
  readonly session?: PolicyEffect;
  /** Of the organization's control policies, level by level. */
  readonly controls: readonly ControlEffect[];
  /** An explicit deny in any of them. */
  readonly deny: Grant;
}

/** Something that must allow. */
export interface NeededGrant {
  readonly side: "resource policy" | "identity policy" | "permissions boundary" | "session policy";
  readonly grant: Grant;
}

/** One way by which the permission can be granted: everything in it must allow. */
export interface GrantPath {
  /** How the resource's policy names the caller; undefined where that policy is not needed. */
  readonly named?: keyof PrincipalMatch;
  readonly truth: Truth;
  readonly grants: readonly NeededGrant[];
}

/** Evaluates all policies that bear on a permission. */
export function effectsOf(check: AccessRequest): Effects {
  const { caller } = check;
  const resource = evaluateResourcePolicy(check);
  const controls = controlEffects(check);
  const ofControls = controls.map(({ effect }) => effect);
  if (!hasIdentityPolicies(caller)) {
    const denying = isLockedOutRoot(check) ? ofControls : [resource, ...ofControls];
    return { resource, controls, deny: firstDeny(denying) };
  }
  const { permissionsBoundary, sessionPolicies = [] } = caller;
  const identity = evaluatePolicies("identity policy", caller.identityPolicies, check);
  const boundary =
    permissionsBoundary === undefined
      ? undefined
      : evaluatePolicies("permissions boundary", boundaryPolicies(permissionsBoundary), check);
  const session =
    sessionPolicies.length === 0
      ? undefined
      : evaluatePolicies("session policy", sessionPolicies.map(asSessionPolicy), check);
  const deny = firstDeny([resource, identity, boundary, session, ...ofControls]);
  return { resource, identity, boundary, session, controls, deny };
}

function firstDeny(verdicts: readonly (Verdict | undefined)[]): Grant {
  let deny: Grant = NONE;
  for (const verdict of verdicts) if (verdict !== undefined) deny = either(deny, verdict.deny);
  return deny;
}

/**
 * The ways by which a permission can be granted, explicit denies and control policies apart (IAM User
 * Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic"):
 * - to services and federated callers by the resource's policy alone; to the root user of another
 *   account too, and to that of the own account where the resource's policy must allow, else always;
 * - across accounts by the resource's policy, the identity policies and all that limits these;
 * - in one account by a resource's policy that names the user, the role's session or everyone, alone;
 *   by one that names the role, within boundary and session policies; by the identity policies within
 *   the same, but where the resource's policy must allow only if it names the account.
 */
export function grantPaths(check: AccessRequest, effects: Effects): readonly GrantPath[] {
  const { resource, identity, boundary, session } = effects;
  const suffices = identitySuffices(check);
  if (identity === undefined) {
    const byPolicy = path("direct", resource, []);
    return check.caller.kind === "root" && suffices ? [ANYTHING, byPolicy] : [byPolicy];
  }
  const limits: NeededGrant[] = [];
  if (boundary !== undefined) limits.push({ side: "permissions boundary", grant: boundary.allow });
  if (session !== undefined) limits.push({ side: "session policy", grant: session.allow });
  const all: readonly NeededGrant[] = [
    { side: "identity policy", grant: identity.allow },
    ...limits,
  ];
  if (needsBothSides(check)) {
    return [
      path("direct", resource, all),
      path("role", resource, all),
      path("account", resource, all),
    ];
  }
  return [
    path("direct", resource, []),
    path("role", resource, limits),
    suffices ? pathOf(all) : path("account", resource, all),
  ];
}

function path(
  named: keyof PrincipalMatch,
  resource: ResourceEffect,
  others: readonly NeededGrant[],
): GrantPath {
  return pathOf([{ side: "resource policy", grant: resource[named] }, ...others], named);
}

function pathOf(grants: readonly NeededGrant[], named?: keyof PrincipalMatch): GrantPath {
  let truth: Truth = "yes";
  for (const { grant } of grants) truth = and(truth, grant.truth);
  return { named, truth, grants };
}

const ANYTHING: GrantPath = pathOf([]);

/**
 * Whether an identity policy must allow however the resource's policy names the caller: across
 * accounts, and in one account for a role that passes a source identity: "When you assume a role with
 * another role, … permissions for sts:SetSourceIdentity are required in both the permissions policy of
 * the principal who is assuming the role and in the role trust policy of the target role" (IAM User
 * Guide, "Monitor and control actions taken with assumed roles").
 */
export function needsBothSides({ caller, resource, action }: AccessRequest): boolean {
  if (caller.accountId !== resource.accountId) return true;
  return action === "sts:SetSourceIdentity" && caller.kind === "role";
}

/** Whether the resource's policy need not allow: in one account, but for roles and KMS keys. */
export function identitySuffices({ caller, resource, action }: AccessRequest): boolean {
  return caller.accountId === resource.accountId && !rulesFor(action).policyMustAllow;
}

/**
 * "The root principal in a bucket owner's AWS account can perform the GetBucketPolicy, PutBucketPolicy,
 * and DeleteBucketPolicy API actions, even if their bucket policy explicitly denies the root
 * principal's access" (API_PutBucketPolicy).
 */
function isLockedOutRoot({ caller, resource, action }: AccessRequest): boolean {
  return (
    caller.kind === "root" &&
    caller.accountId === resource.accountId &&
    /^s3:(get|put|delete)bucketpolicy$/i.test(action)
  );
}

function boundaryPolicies(boundary: PolicyDocument | "unknown"): readonly NamedPolicy[] {
  const name = "permissions boundary";
  return [boundary === "unknown" ? { name } : { name, document: boundary }];
}

function asSessionPolicy(document: PolicyDocument): NamedPolicy {
  return { name: "session policy", document };
}
