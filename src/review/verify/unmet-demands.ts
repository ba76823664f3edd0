import type { ResourceAccess } from "../../estate/resource-access";
import { groupBy } from "../../model/group-by";
import type { DemandOutcome } from "./check-demands";
import type { ResourceFindings } from "./resource-findings";
import { actionsOf } from "./resource-judge";
import { statementsOf } from "./role-findings";

/** An access that does not take what is demanded of it. */
export interface UnmetDemand {
  readonly access: ResourceAccess;
  readonly outcome: DemandOutcome;
}

/** Tells each once, with all the actions that it is about. */
export function tellUnmetDemands(unmet: readonly UnmetDemand[], findings: ResourceFindings): void {
  const together = groupBy(
    unmet,
    ({ access, outcome }) => `${access.principal} ${outcome.kind} ${outcome.says}`,
  );
  for (const [, same] of together) {
    const [{ access, outcome }] = same;
    const { principal } = access;
    const says = `${outcome.says}: ${actionsOf(same.map((one) => one.access))}`;
    if (outcome.kind === "undecided") {
      findings.undecide({ principal, says });
      continue;
    }
    const statements = same.flatMap(({ outcome: { decision } }) =>
      decision === undefined ? [] : statementsOf(decision),
    );
    findings.add(outcome.kind, {
      principal,
      statements: [...new Set(statements)],
      says,
      remedy: "put the condition back; a fresh synthesis has it",
    });
  }
}
