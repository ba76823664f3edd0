import type { Origin } from "../../estate/estate";

/**
 * What is not as accounts.json means it:
 * - `missing`: access is declared and not there, because neither half is, a control policy denies it, or
 *   the role or resource itself is not there; or nothing holds the only way into an account;
 * - `trust without permission`: declared, and the other half is missing;
 * - `permission without trust`: a permission to assume a role that nothing declares;
 * - `not declared`: somebody gets in whom no trust names;
 * - `wider`: somebody gets in by more than his trust says, or without what it demands; or a resource's
 *   policy lets him do more, and his own permissions alone hold him back; or he may make a way into an
 *   account that is to have no other;
 * - `orphan`: a policy names the unique ID of a principal that was deleted: it lets nobody in;
 * - `over quota`: AWS refuses the policy.
 */
export type FindingKind =
  | "missing"
  | "trust without permission"
  | "permission without trust"
  | "not declared"
  | "wider"
  | "orphan"
  | "over quota";

/** Where something was found, and what it says. */
export interface Told {
  readonly accountId: string;
  readonly origin: Origin;
  /** The statements that decide, as `trust policy, statement 0 (Sid)`; counted from 0. */
  readonly statements: readonly string[];
  /** The role or resource; of a permission whoever has it. */
  readonly arn: string;
  /** Who gets in, or does not. @default - it is about no one in particular */
  readonly principal?: string;
  /** One sentence for people, without names. */
  readonly says: string;
}

/** A difference between what is declared and what is there. */
export interface Finding extends Told {
  readonly kind: FindingKind;
  readonly remedy: string;
}

/** What `verify` says of an estate. */
export interface Verification {
  readonly findings: readonly Finding[];
  /** What cannot be decided, and why. */
  readonly undecided: readonly Told[];
}
