import type { CompiledStatement } from "./compiled-policy";
import type { NamedPrincipals } from "./principal-match";
import type { DecidingStatement } from "./request";
import { or, type Truth } from "./three-valued";

/** Whether some statement allows (or denies), and the first that certainly does. */
export type Grant = GrantedBy | { readonly truth: "no" | "unknown" };

/** A statement that certainly allows (or denies). */
export interface GrantedBy {
  readonly truth: "yes";
  readonly by: DecidingStatement;
  /** The principals that the statement of a trust policy names; undefined for `NotPrincipal`. */
  readonly principals?: NamedPrincipals;
}

/** Nothing allows (or denies). */
export const NONE: Grant = { truth: "no" };

/** It cannot be told whether something allows (or denies). */
export const UNCERTAIN: Grant = { truth: "unknown" };

/** What a statement allows (or denies) of itself; `policy` as `DecidingStatement` names it. */
export function grantOf(statement: CompiledStatement, policy: string, truth: Truth): Grant {
  if (truth !== "yes") return truth === "no" ? NONE : UNCERTAIN;
  const { index, sid, principals } = statement;
  const by = sid === undefined ? { policy, statement: index } : { policy, statement: index, sid };
  return { truth, by, principals };
}

/** What two statements allow (or deny) together; keeps the first that certainly does. */
export function either(earlier: Grant, later: Grant): Grant {
  if (earlier.truth === "yes" || later.truth === "no") return earlier;
  return or(earlier.truth, later.truth) === later.truth ? later : earlier;
}
