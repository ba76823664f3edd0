import { allowedReason, deniedReason, explicitDenyReason, unknownReason } from "./decision-reason";
import { neededPermissions, refusalBeforePolicies } from "./needed-permissions";
import type { NeededPermission } from "./needed-permissions";
import type { PermissionCheck } from "./permission-check";
import { effectsOf, grantPaths, type Effects, type GrantPath } from "./permission-effects";
import type { AssumeRoleRequest, Decision, DecidingStatement } from "./request";
import { or, type Truth } from "./three-valued";

/**
 * Decides whether AWS lets a caller assume a role, from the role's trust policy and the policies
 * that bear on the caller (IAM User Guide, "Policy evaluation logic"). `docs/evaluation.md` says
 * what is judged and what is not (service and resource control policies are not).
 *
 * What cannot be told never becomes `allowed`: unreadable policies, unknown operators and rules
 * that AWS does not document give `unknown` where they could change the answer. Documents are
 * compiled once and kept by object: they must not be changed after the first evaluation.
 */
export function evaluateAssumeRole(request: AssumeRoleRequest): Decision {
  const refusal = refusalBeforePolicies(request);
  if (refusal !== undefined) return { result: "denied", decidedBy: [], reason: refusal };
  const needed = neededPermissions(request);
  const decisions = needed.map((permission) => decide(request, permission));
  const decisive =
    decisions.find(({ result }) => result === "denied") ??
    decisions.find(({ result }) => result === "unknown");
  if (decisive !== undefined) return decisive;
  if (decisions.length === 1) return decisions[0];
  return { ...decisions[0], decidedBy: distinct(decisions.flatMap(({ decidedBy }) => decidedBy)) };
}

function decide(request: AssumeRoleRequest, permission: NeededPermission): Decision {
  const check: PermissionCheck = { request, action: permission.action };
  const effects = effectsOf(check);
  const { deny } = effects;
  if (deny.truth === "yes") {
    return {
      result: "denied",
      decidedBy: [deny.by],
      reason: because(permission, explicitDenyReason(deny.by)),
    };
  }
  const paths = grantPaths(check, effects);
  const granted = paths.reduce<Truth>((truth, path) => or(truth, path.truth), "no");
  if (granted === "no") {
    return {
      result: "denied",
      decidedBy: [],
      reason: because(permission, deniedReason(check, effects)),
    };
  }
  const path = paths.find(({ truth }) => truth === "yes");
  if (path === undefined || deny.truth === "unknown") {
    return {
      result: "unknown",
      decidedBy: [],
      reason: because(permission, unknownReason(relevantDoubts(effects))),
    };
  }
  return { result: "allowed", decidedBy: statementsOf(path), reason: allowedReason(check, path) };
}

function statementsOf({ grants }: GrantPath): readonly DecidingStatement[] {
  return grants.flatMap(({ grant }) => (grant.truth === "yes" ? [grant.by] : []));
}

function relevantDoubts({ trust, identity, boundary, session }: Effects): readonly string[] {
  return [trust, identity, boundary, session].flatMap((effect) => effect?.doubts ?? []);
}

function because(permission: NeededPermission, reason: string): string {
  return permission.because === undefined ? reason : `${permission.because}, and ${reason}`;
}

function distinct(statements: readonly DecidingStatement[]): readonly DecidingStatement[] {
  return statements.filter(
    ({ policy, statement }, index) =>
      index ===
      statements.findIndex((other) => other.policy === policy && other.statement === statement),
  );
}
