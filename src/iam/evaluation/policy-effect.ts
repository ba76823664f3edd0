import { statementsCovering } from "./compiled-policy";
import { either, grantOf, NONE, UNCERTAIN, type Grant } from "./grant";
import type { AccessRequest } from "./request";
import type { NamedPolicy } from "./request";
import { bearingOf, doubtOf, unmetOf, type UnmetCondition } from "./statement-bearing";

/** What a kind of policies says about a permission; what it grants is told apart. */
export interface Verdict {
  readonly deny: Grant;
  /** Why something could not be told, as clauses. */
  readonly doubts: readonly string[];
  /** Of the first statement that would allow but for this condition. */
  readonly unmet?: UnmetCondition;
}

/** What the policies of an identity, a boundary or a session say about a permission. */
export interface PolicyEffect extends Verdict {
  readonly allow: Grant;
}

/** What kind of policies is evaluated; an identity has several, told apart by name. */
export type EvaluatedKind =
  | "identity policy"
  | "permissions boundary"
  | "session policy"
  | "service control policy"
  | "resource control policy";

/** Evaluates policies of which one statement that allows is enough, and one that denies. */
export function evaluatePolicies(
  kind: EvaluatedKind,
  policies: readonly NamedPolicy[],
  check: AccessRequest,
): PolicyEffect {
  let allow: Grant = NONE;
  let deny: Grant = NONE;
  let unmet: UnmetCondition | undefined;
  const doubts: string[] = [];
  for (const { name, document } of policies) {
    if (document === undefined) {
      allow = either(allow, UNCERTAIN);
      deny = either(deny, UNCERTAIN);
      doubts.push(`the ${callingName(kind, name)} cannot be read`);
      continue;
    }
    for (const statement of statementsCovering(document, "identity", check.action)) {
      const bearing = bearingOf(statement, check);
      const found = grantOf(statement, decidingName(kind, name), bearing.truth);
      if (statement.effect === "Deny") deny = either(deny, found);
      else allow = either(allow, found);
      if (bearing.truth === "yes") continue;
      const policy = callingName(kind, name);
      if (bearing.doubt !== undefined) doubts.push(doubtOf(statement, policy, bearing.doubt));
      unmet ??= unmetOf(statement, policy, bearing);
    }
  }
  return { allow, deny, doubts, unmet };
}

/** As people call it. */
function callingName(kind: EvaluatedKind, name: string): string {
  return kind === "permissions boundary" || kind === "session policy" ? kind : `${kind} ${name}`;
}

/** As `DecidingStatement` names it. */
function decidingName(kind: EvaluatedKind, name: string): string {
  return kind.endsWith("control policy") ? callingName(kind, name) : name;
}
