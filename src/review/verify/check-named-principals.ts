import type { ResourceAccess } from "../../estate/resource-access";
import { policyDocument, type PolicyDocument, type Statement } from "../../iam/policy-document";
import { groupBy } from "../../model/group-by";
import { namedPrincipals } from "./named-principals";
import type { ResourceFindings } from "./resource-findings";
import { accessBy, accessKey, actionsOf, type ResourceJudge } from "./resource-judge";
import { tellUnmetDemands, type UnmetDemand } from "./unmet-demands";

/**
 * What a policy lets those do whom it names, by itself: their own permissions may hold them back, or wait
 * for the ARN of a key. `keep`: its statements that stay as they are.
 */
export function checkNamedPrincipals(
  policy: PolicyDocument,
  keep: readonly Statement[],
  found: readonly ResourceAccess[],
  judge: ResourceJudge,
  findings: ResourceFindings,
): void {
  const isFound = new Set(found.map(accessKey));
  const kept = keep.length === 0 ? undefined : policyDocument(keep);
  const more: ResourceAccess[] = [];
  const unmet: UnmetDemand[] = [];
  for (const principal of namedPrincipals(policy)) {
    const caller = judge.tryCaller(principal);
    if (caller === undefined || (judge.isOwn(principal) && !judge.isClosed())) continue;
    for (const asked of judge.asked) {
      const access = accessBy(principal, asked);
      if (isFound.has(accessKey(access))) continue;
      if (judge.decideAlone(caller, asked).result !== "allowed") continue;
      if (kept !== undefined && judge.decideAlone(caller, asked, kept).result === "allowed") {
        continue;
      }
      const admitting = judge.admitting(access);
      if (admitting.length === 0) {
        more.push(access);
        continue;
      }
      const outcomes = judge.outcomesOfRequest(judge.requestOf(caller, asked), admitting);
      unmet.push(...outcomes.map((outcome) => ({ access, outcome })));
    }
  }
  for (const [principal, accesses] of groupBy(more, (access) => access.principal)) {
    findings.add("wider", {
      principal,
      says: `the policy lets it ${actionsOf(accesses)}, which accounts.json does not say, and its own permissions alone hold it back`,
      remedy: "declare it in accounts.json, or take out the statement that lets it in",
    });
  }
  tellUnmetDemands(unmet, findings);
}
