import type { AssumeRoleRequest, Caller } from "../iam/evaluation/request";

/** By what a trust policy lets a principal in. */
export type LetInBy = "principal" | "unique ID" | "guarded account" | "account";

/**
 * What is known of a principal that may be let in; the rest is made up:
 * - `identity`: it is one of the estate's roles and users;
 * - `name`: the ARN, the service or the identity provider, by which the trust policy names it;
 * - `account`: that it is of this account;
 * - `nothing`: it may be anyone.
 */
export type Knowledge = "identity" | "name" | "account" | "nothing";

/** A principal that a statement of a trust policy may let in, before it is judged. */
export interface Candidate {
  /** As `Access` names it. */
  readonly principal: string;
  readonly by: LetInBy;
  readonly known: Knowledge;
  /**
   * As what it may call: a role by its sessions, a principal that is made up in several forms. None
   * where the statement names something that this project cannot judge.
   */
  readonly callers: readonly Caller[];
  readonly organizationId?: string;
  /** @default - the operation that is usual for the kind of caller */
  readonly action?: AssumeRoleRequest["action"];
}

/** A service or identity provider that a statement names. */
export function outsider(principal: string, caller: Caller): Candidate {
  return { principal, by: "principal", known: "name", callers: [caller] };
}

/** Something of which it cannot be told whom it means. */
export function cannotBeJudged(principal: string, by: LetInBy): Candidate {
  return { principal, by, known: "nothing", callers: [] };
}
