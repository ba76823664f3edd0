import type { Caller } from "../iam/evaluation/request";
import { asArray, type PolicyPrincipal } from "../iam/policy-document";
import type { AssumingAction } from "./assume-role-actions";

/** By what the policy of a role or resource lets a principal in. */
export type LetInBy = "principal" | "unique ID" | "guarded account" | "account";

/**
 * What is known of a principal that may be let in; the rest is made up:
 * - `identity`: it is one of the estate's roles and users;
 * - `name`: the ARN, the service or the identity provider, by which the policy names it;
 * - `account`: that it is of this account;
 * - `nothing`: it may be anyone.
 */
export type Knowledge = "identity" | "name" | "account" | "nothing";

/** A principal that a statement of a policy may let in, before it is judged. */
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
  readonly operation?: AssumingAction;
}

/** The services and identity providers that a statement names. */
export function outsidersOf(principal: Exclude<PolicyPrincipal, "*">): readonly Candidate[] {
  const outsider = (kind: "service" | "federated", name: string): Candidate => ({
    principal: name,
    by: "principal",
    known: "name",
    callers: [{ kind, arn: name, identityPolicies: [] }],
  });
  return [
    ...asArray<string>(principal.Service).map((name) => outsider("service", name)),
    ...asArray<string>(principal.Federated).map((name) => outsider("federated", name)),
    // Only S3 knows what account a canonical user ID stands for.
    ...asArray<string>(principal.CanonicalUser).map((id) => cannotBeJudged(id, "principal")),
  ];
}

/** Something of which it cannot be told whom it means. */
export function cannotBeJudged(principal: string, by: LetInBy): Candidate {
  return { principal, by, known: "nothing", callers: [] };
}
