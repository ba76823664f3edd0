import { decide } from "./decide";
import { neededPermissions, refusalBeforePolicies } from "./needed-permissions";
import type { NeededPermission } from "./needed-permissions";
import { permissionRequest } from "./permission-request";
import type { AssumeRoleRequest, Decision, DecidingStatement } from "./request";

/**
 * Decides whether AWS lets a caller assume a role, from the role's trust policy and the policies
 * that bear on the caller (IAM User Guide, "Policy evaluation logic"). `docs/evaluation.md` says
 * what is judged and what is not.
 *
 * What cannot be told never becomes `allowed`: unreadable policies, unknown operators and rules
 * that AWS does not document give `unknown` where they could change the answer. Documents are
 * compiled once and kept by object: they must not be changed after the first evaluation.
 */
export function evaluateAssumeRole(request: AssumeRoleRequest): Decision {
  const refusal = refusalBeforePolicies(request);
  if (refusal !== undefined) return { result: "denied", decidedBy: [], reason: refusal };
  const needed = neededPermissions(request);
  const decisions = needed.map((permission) => decisionOn(request, permission));
  const decisive =
    decisions.find(({ result }) => result === "denied") ??
    decisions.find(({ result }) => result === "unknown");
  if (decisive !== undefined) return decisive;
  if (decisions.length === 1) return decisions[0];
  return { ...decisions[0], decidedBy: distinct(decisions.flatMap(({ decidedBy }) => decidedBy)) };
}

function decisionOn(request: AssumeRoleRequest, { action, because }: NeededPermission): Decision {
  const decision = decide(permissionRequest(request, action));
  if (because === undefined || decision.result === "allowed") return decision;
  return { ...decision, reason: `${because}, and ${decision.reason}` };
}

function distinct(statements: readonly DecidingStatement[]): readonly DecidingStatement[] {
  return statements.filter(
    ({ policy, statement }, index) =>
      index ===
      statements.findIndex((other) => other.policy === policy && other.statement === statement),
  );
}
