import type { PolicyDocument } from "../policy-document";
import type { PermissionCheck } from "./permission-check";
import { NONE, UNCERTAIN, type Grant } from "./grant";
import { evaluatePolicies, type PolicyEffect } from "./policy-effect";
import type { PrincipalMatch } from "./principal-match";
import type { NamedPolicy } from "./request";
import { evaluateTrust, type TrustEffect } from "./trust-effect";
import { and, type Truth } from "./three-valued";

/** What each kind of policy says about a permission. */
export interface Effects {
  readonly trust: TrustEffect;
  /** Undefined for services and federated callers: they have no identity policies. */
  readonly identity?: PolicyEffect;
  /** Undefined where there is no boundary. */
  readonly boundary?: PolicyEffect;
  /** Undefined where the session was made without session policies. */
  readonly session?: PolicyEffect;
  /** An explicit deny in any of them. */
  readonly deny: Grant;
}

/** Something that must allow. */
export interface NeededGrant {
  readonly side: "trust policy" | "identity policy" | "permissions boundary" | "session policy";
  readonly grant: Grant;
}

/** One way by which the permission can be granted: everything in it must allow. */
export interface GrantPath {
  /** How the trust policy names the caller. */
  readonly named: keyof PrincipalMatch;
  readonly truth: Truth;
  readonly grants: readonly NeededGrant[];
}

/** Evaluates all policies that bear on a permission. */
export function effectsOf(check: PermissionCheck): Effects {
  const { caller, role } = check.request;
  const trust = evaluateTrust(role, check);
  if (caller.kind === "service" || caller.kind === "federated") return { trust, deny: trust.deny };
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
  const denies = [trust, identity, boundary, session].flatMap((effect) => effect?.deny ?? []);
  const deny =
    denies.find(({ truth }) => truth === "yes") ??
    (denies.some(({ truth }) => truth === "unknown") ? UNCERTAIN : NONE);
  return { trust, identity, boundary, session, deny };
}

/**
 * The ways by which a permission can be granted, explicit denies apart (IAM User Guide, "Policy
 * evaluation logic" and "Cross-account policy evaluation logic"):
 * - to services and federated callers by the trust policy alone;
 * - across accounts by the trust policy, the identity policies and all that limits these;
 * - in one account by a trust policy that names the user, the role's session or everyone, alone; by
 *   one that names the role, within boundary and session policies; by one that names the account,
 *   which delegates to the identity policies, within boundary and session policies.
 */
export function grantPaths(check: PermissionCheck, effects: Effects): readonly GrantPath[] {
  const { trust, identity, boundary, session } = effects;
  if (identity === undefined) return [path("direct", trust, [])];
  const limits: NeededGrant[] = [];
  if (boundary !== undefined) limits.push({ side: "permissions boundary", grant: boundary.allow });
  if (session !== undefined) limits.push({ side: "session policy", grant: session.allow });
  const all: readonly NeededGrant[] = [
    { side: "identity policy", grant: identity.allow },
    ...limits,
  ];
  return needsBothSides(check)
    ? [path("direct", trust, all), path("role", trust, all), path("account", trust, all)]
    : [path("direct", trust, []), path("role", trust, limits), path("account", trust, all)];
}

function path(
  named: keyof PrincipalMatch,
  trust: TrustEffect,
  others: readonly NeededGrant[],
): GrantPath {
  const grants: readonly NeededGrant[] = [{ side: "trust policy", grant: trust[named] }, ...others];
  let truth: Truth = "yes";
  for (const { grant } of grants) truth = and(truth, grant.truth);
  return { named, truth, grants };
}

/**
 * Whether an identity policy must allow however the trust policy names the caller: across accounts,
 * and in one account for a role that passes a source identity: "When you assume a role with another
 * role, … permissions for sts:SetSourceIdentity are required in both the permissions policy of the
 * principal who is assuming the role and in the role trust policy of the target role" (IAM User
 * Guide, "Monitor and control actions taken with assumed roles").
 */
export function needsBothSides({ request, action }: PermissionCheck): boolean {
  const { caller, role } = request;
  if (caller.accountId !== role.accountId) return true;
  return action === "sts:SetSourceIdentity" && caller.kind === "role";
}

function boundaryPolicies(boundary: PolicyDocument | "unknown"): readonly NamedPolicy[] {
  const name = "permissions boundary";
  return [boundary === "unknown" ? { name } : { name, document: boundary }];
}

function asSessionPolicy(document: PolicyDocument): NamedPolicy {
  return { name: "session policy", document };
}
