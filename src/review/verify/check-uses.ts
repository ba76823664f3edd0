import type { ResourceAccess } from "../../estate/resource-access";
import { groupBy } from "../../model/group-by";
import { isService } from "./principal-kinds";
import type { ResourceFindings } from "./resource-findings";
import { accessKey, actionsOf, type CheckedResource, type ResourceJudge } from "./resource-judge";
import { tellUnmetDemands, type UnmetDemand } from "./unmet-demands";

/**
 * Whether those who can use a resource are those who are meant, by what is meant, with what is demanded.
 * `kept`: what statements let do that stay as they are.
 */
export function checkUses(
  checked: CheckedResource,
  found: readonly ResourceAccess[],
  kept: readonly ResourceAccess[],
  judge: ResourceJudge,
  findings: ResourceFindings,
): void {
  const isKept = new Set(kept.map(accessKey));
  const undeclared: ResourceAccess[] = [];
  const byAccount: ResourceAccess[] = [];
  const unmet: UnmetDemand[] = [];
  for (const access of found) {
    if (isKept.has(accessKey(access))) continue;
    const admitting = judge.admitting(access);
    if (admitting.length === 0) {
      undeclared.push(access);
      continue;
    }
    const isTightened = admitting.every(({ way }) => way.tightened === access.principal);
    if (isTightened && /account/.test(access.by)) byAccount.push(access);
    unmet.push(...judge.outcomesOf(access, admitting).map((outcome) => ({ access, outcome })));
  }
  tellUndeclared(checked, undeclared, judge, findings);
  for (const [principal, accesses] of groupBy(byAccount, (access) => access.principal)) {
    const { origin, policyOrigins } = checked.resource;
    const { stack } = policyOrigins?.[0] ?? origin;
    findings.add("wider", {
      principal,
      statements: judge.decidedBy(accesses),
      says: "it is confirmed and let in by its account still",
      remedy: `deploy ${stack}, whose policy names the principal itself`,
    });
  }
  tellUnmetDemands(unmet, findings);
}

function tellUndeclared(
  { declared, resource }: CheckedResource,
  undeclared: readonly ResourceAccess[],
  judge: ResourceJudge,
  findings: ResourceFindings,
): void {
  for (const [principal, accesses] of groupBy(undeclared, (access) => access.principal)) {
    if (declared === undefined && isService(principal)) continue;
    const actions = actionsOf(accesses);
    if (resource.policy === "unknown") {
      const says = `the policy cannot be read, so that it may ${actions} undeclared`;
      findings.undecide({ principal, says });
      continue;
    }
    findings.add("not declared", {
      principal,
      statements: judge.decidedBy(accesses),
      says:
        declared === undefined
          ? `it may ${actions}, on a resource that accounts.json does not have`
          : `it may ${actions}, which accounts.json does not say`,
      remedy: "declare it in accounts.json, or take out the statement that lets it in",
    });
  }
}
