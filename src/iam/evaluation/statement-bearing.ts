import type { CompiledStatement } from "./compiled-policy";
import { evaluateConditions, whyUndecided, type Condition } from "./conditions";
import type { AccessRequest } from "./request";
import { matchesResources } from "./resource-match";
import { and, not, type Truth } from "./three-valued";

/** How a statement bears on a permission, principals apart. */
export interface Bearing {
  readonly truth: Truth;
  /** The condition but for which it would bear on it. */
  readonly condition?: Condition;
  /** Why it cannot be told, as a clause. */
  readonly doubt?: string;
}

/** A condition that kept a statement from allowing. */
export interface UnmetCondition {
  /** The policy as people call it: `identity policy assume-images`. */
  readonly policy: string;
  readonly condition: Condition;
}

/** How a statement that covers the action bears on a permission, principals apart. */
export function bearingOf(statement: CompiledStatement, check: AccessRequest): Bearing {
  const { resources, notResources, conditions, flaw } = statement;
  if (flaw !== undefined) return { truth: "unknown", doubt: flaw };
  let truth: Truth = "yes";
  if (resources !== undefined) truth = matchesResources(resources, check);
  if (notResources !== undefined) truth = and(truth, not(matchesResources(notResources, check)));
  if (truth === "no") return NO_BEARING;
  const { truth: met, decidedBy } = evaluateConditions(conditions, check);
  if (met === "no") return { truth: "no", condition: truth === "yes" ? decidedBy : undefined };
  if (decidedBy !== undefined) {
    const { operator, key } = decidedBy;
    const why = whyUndecided(decidedBy, check);
    return { truth: "unknown", doubt: `its condition ${operator} ${key} is not certain: ${why}` };
  }
  if (truth === "yes") return BEARING;
  return { truth, doubt: `whether its resources cover ${check.resource.arn} is not certain` };
}

const BEARING: Bearing = { truth: "yes" };
const NO_BEARING: Bearing = { truth: "no" };

/** The condition that keeps a statement from allowing; `policy` as people call it. */
export function unmetOf(
  { effect }: CompiledStatement,
  policy: string,
  { condition }: Bearing,
): UnmetCondition | undefined {
  return effect === "Deny" || condition === undefined ? undefined : { policy, condition };
}

/** A clause that says where a doubt comes from; `policy` as people call it. */
export function doubtOf({ index }: CompiledStatement, policy: string, doubt: string): string {
  return `statement ${index} of the ${policy}: ${doubt}`;
}
