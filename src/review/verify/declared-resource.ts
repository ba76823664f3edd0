import type { Statement } from "../../iam/policy-document";
import type { DeclaredWay } from "./declared-way";
import type { Demand } from "./demand";

/** What somebody may do with a resource. */
export interface ResourceUse {
  /** An action, or a pattern of actions such as `kms:ReEncrypt*`. */
  readonly action: string;
  /** To what part of it, where it is not the resource itself; `*` is a wildcard. @default - to itself */
  readonly part?: string;
  /** What it demands of a request besides. */
  readonly demands?: readonly Demand[];
}

/** Who may use a resource, with what, and what for. */
export interface ResourceWay extends DeclaredWay {
  readonly uses: readonly ResourceUse[];
}

/** A resource of ours, and who is to do what with it. */
export interface DeclaredResource {
  readonly stack: string;
  readonly accountId: string;
  readonly arn: string;
  /** Further ARNs by which an estate may have it: a key's own, where `arn` is its alias's. */
  readonly otherArns: readonly string[];
  readonly ways: readonly ResourceWay[];
  /** Whether principals have their half: not before the ARN of a key is known. */
  readonly isSettled: boolean;
  /** Statements that accounts.json keeps as they are. */
  readonly keep: readonly Statement[];
  /** Whether it is said of its own account's principals too who may use it, and nobody else may. */
  readonly isClosed: boolean;
  /** What the policy must leave to its own account. @default - nothing: identity policies do */
  readonly administration?: string;
}

/** A resource of one ARN, for others alone, all of whose policy accounts.json says. */
export const ORDINARY = { otherArns: [], isSettled: true, keep: [], isClosed: false } as const;

/** Of a KMS key (KMS Developer Guide, "Default key policy"): without it nobody could change the policy. */
export const KEY_ADMINISTRATION = { administration: "kms:PutKeyPolicy" } as const;
