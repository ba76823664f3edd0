import type { AccessRequest, Decision, RequestContext } from "../../iam/evaluation/request";
import type { CompiledStatement } from "../../iam/evaluation/compiled-policy";
import type { Demand } from "./demand";

/** An access, and what is demanded of it. */
export interface DemandedAccess {
  /** Of each way that is declared and may have let it in. At least one. */
  readonly demands: readonly (readonly Demand[])[];
  readonly request: AccessRequest;
  /** The statements of the policy that decide. */
  readonly statements: readonly CompiledStatement[];
  /** What the whole policy says to the caller with another context. */
  readonly decide: (context: RequestContext) => Decision;
}

/** A demand that does not hold; where it cannot be told without a decision. */
export interface DemandOutcome {
  readonly kind: "wider" | "missing" | "undecided";
  /** For people: `it gets in without MFA`. */
  readonly says: string;
  readonly decision?: Decision;
}

/**
 * Whether an access takes what all of its ways demand, and no more: a request that lacks it is refused and,
 * where there is one way alone, each value that it may have gets in.
 */
export function checkDemands(access: DemandedAccess): readonly DemandOutcome[] {
  const { request, statements, decide } = access;
  const [first, ...others] = access.demands;
  if (first.length === 0) return [];
  const context = first.reduce((met, demand) => demand.met(met), request.context);
  const met = { ...request, context };
  const common = first.filter(({ label }) =>
    others.every((demands) => demands.some((demand) => demand.label === label)),
  );
  const mentioned = statements.flatMap(({ conditions }) => conditions);
  const wider = common.flatMap((demand): readonly DemandOutcome[] => {
    const decisions = demand.unmet(met, mentioned).map(decide);
    const decision = decisions.find(({ result }) => result === "allowed");
    if (decision !== undefined) {
      return [{ kind: "wider", says: `it gets in without ${demand.label}`, decision }];
    }
    return decisions.some(({ result }) => result === "unknown")
      ? [{ kind: "undecided", says: `whether it gets in without ${demand.label} cannot be told` }]
      : [];
  });
  if (others.length > 0 || decide(context).result !== "allowed") return wider;
  const missing = common.flatMap(({ ways }): readonly DemandOutcome[] => {
    const results = (ways?.(met) ?? []).map(({ label, context: way }) => ({
      label,
      result: decide(way).result,
    }));
    const denied = results.filter(({ result }) => result === "denied");
    if (denied.length > 0) {
      const more = denied.length === 1 ? "" : ` and ${denied.length - 1} more`;
      return [
        {
          kind: "missing",
          says: `it is declared with ${denied[0].label}${more} and is refused then`,
        },
      ];
    }
    const unknown = results.find(({ result }) => result === "unknown");
    return unknown === undefined
      ? []
      : [{ kind: "undecided", says: `whether it gets in with ${unknown.label} cannot be told` }];
  });
  return [...wider, ...missing];
}
