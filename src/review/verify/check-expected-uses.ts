import type { ResourceAccess } from "../../estate/resource-access";
import type { Estate } from "../../estate/estate";
import { groupBy } from "../../model/group-by";
import type { DeclaredResource } from "./declared-resource";
import type { ResourceFindings } from "./resource-findings";
import { actionsOf, type ResourceJudge } from "./resource-judge";
import type { Question } from "./resource-ways";

/** Whether those whom a resource is declared for can use it. */
export function checkExpectedUses(
  { isSettled, stack }: DeclaredResource,
  { identities }: Estate,
  found: readonly ResourceAccess[],
  judge: ResourceJudge,
  findings: ResourceFindings,
): void {
  /** Whether it is for a principal's own policies, which wait or are up to its account, to let it in. */
  const isElsewhere = (principal: string, asked: Question): boolean => {
    if (judge.isOwn(principal) && !judge.isClosed()) return true;
    if (isSettled && !judge.isOwn(principal)) return false;
    const caller = judge.tryCaller(principal);
    return caller !== undefined && judge.decideAlone(caller, asked).result !== "denied";
  };
  const byPrincipal = groupBy(found, ({ principal }) => principal);
  const expected = groupBy(
    judge.ways.all.flatMap((way) => way.expected.map((principal) => ({ principal, way }))),
    ({ principal }) => principal,
  );
  for (const [principal, ways] of expected) {
    const own = byPrincipal.get(principal) ?? [];
    const uses = ways.flatMap(({ way }) => way.uses);
    const lacking = judge.asked.filter(
      (asked) =>
        uses.some((use) => judge.ways.isUse(use, asked)) &&
        !own.some((access) => isTo(access, asked)) &&
        !isElsewhere(principal, asked),
    );
    if (lacking.length > 0) {
      findings.add("missing", {
        principal,
        says: `it is declared and may not ${actionsOf(lacking)}`,
        remedy: `deploy ${stack} and the stack of the principal, or take it out of accounts.json`,
      });
    } else if (own.some(({ result }) => result === "unknown") && identities.has(principal)) {
      const says = "it is declared, and whether it gets in cannot be told";
      findings.undecide({ principal, says });
    }
  }
}

function isTo({ action, resourceArn }: ResourceAccess, asked: Question): boolean {
  return action === asked.action && resourceArn === asked.arn;
}
