import type { DeclaredResource } from "./declared-resource";
import { outsidersOf } from "./declared-way";
import type { ResourceFindings } from "./resource-findings";
import type { ResourceJudge } from "./resource-judge";
import { statementsOf } from "./role-findings";

/** Of accounts that are let in for some of their principals alone: the others must be refused. */
export function checkOutsiders(judge: ResourceJudge, findings: ResourceFindings): void {
  const seen = new Set<string>();
  for (const way of judge.ways.all) {
    for (const arn of way.outsiders) {
      if (seen.has(arn) || judge.admittingAny(arn).length > 0) continue;
      seen.add(arn);
      const caller = judge.tryCaller(arn);
      if (caller === undefined) continue;
      const admitted = judge.asked
        .flatMap((asked) => {
          const use = way.uses.find((one) => judge.ways.isUse(one, asked));
          return use === undefined
            ? []
            : [judge.decide(judge.requestOf(caller, asked, [{ way, use }]))];
        })
        .filter(({ result }) => result === "allowed");
      if (admitted.length === 0) continue;
      findings.add("wider", {
        statements: [...new Set(admitted.flatMap(statementsOf))],
        says: `every ${caller.kind} of account ${caller.accountId} gets in that has the permission`,
        remedy: "put the condition on aws:PrincipalArn back; a fresh synthesis has it",
      });
    }
  }
}

/** Whoever administers a key must be let in by its policy: nobody could change it otherwise. */
export function checkAdministration(
  { administration, accountId, stack }: DeclaredResource,
  arn: string,
  judge: ResourceJudge,
  findings: ResourceFindings,
): void {
  if (administration === undefined) return;
  const [role] = outsidersOf(arn.split(":")[1], accountId);
  const caller = judge.tryCaller(role);
  if (caller === undefined) return;
  if (judge.decideAlone(caller, { action: administration, arn }).result === "allowed") return;
  findings.add("missing", {
    says: `the policies of its own account do not let anybody ${administration}`,
    remedy: `deploy ${stack}, whose policy leaves that to the account`,
  });
}
