import type { Origin } from "../../estate/estate";
import type { AccessRequest } from "../../iam/evaluation/request";

/**
 * What a difference does to access: `widened` lets somebody do what he could not before, `narrowed` the
 * reverse; of `undecided` it cannot be told which of them it is, or whether it is any.
 */
export type Direction = "widened" | "narrowed" | "undecided";

/** Somebody who gains or loses something, as people know him. */
export interface Somebody {
  /** ARN, service or provider; of those whom no stack makes their account's principal, or `*`. */
  readonly principal: string;
  readonly label: string;
  /** The account's root user, by the same ARN as the account. @default - not that one */
  readonly rootUser?: true;
}

/** A request that tells the two estates apart. */
export interface Evidence {
  /** The caller as the side that decides knows it. */
  readonly request: AccessRequest;
  readonly before: "allowed" | "denied" | "unknown";
  readonly after: "allowed" | "denied" | "unknown";
}

/** One difference in access: a principal, what it is about, and what changes. */
export interface Difference {
  readonly direction: Direction;
  /**
   * `access`: who may assume a role or do something to a resource with a policy; `condition`: what such
   * a request must bring along; `permission`: what a role or user may do; `control policy`: what one
   * denies; `session`: how long sessions last; `reading`: something of a stack cannot be read.
   */
  readonly kind: "access" | "condition" | "permission" | "control policy" | "session" | "reading";
  readonly who: Somebody;
  /** ARN of the role or resource; undefined where it is the principal's own permissions alone. */
  readonly target?: string;
  /** The same as people know it: `client/BuildRole`; empty without a target. */
  readonly targetLabel: string;
  /** The clause before the target: `can now assume`, before an action `can now do`. */
  readonly verb: string;
  /** As the policy spells it: `s3:GetObject`, `s3:Get*`. @default - the verb says all */
  readonly action?: string;
  /** What follows the target; empty for nothing. */
  readonly rest: string;
  /** Where it stands in the Terraform JSON, after the change where it is still there. */
  readonly origins: readonly Origin[];
  /** @default - a difference that no request shows (a session's length) */
  readonly evidence?: Evidence;
}

/** Something whose text differs and whose effect does not. */
export interface Rewritten {
  readonly label: string;
  readonly what: "trust policy" | "policy" | "permissions" | "control policies";
  readonly origin: Origin;
}

/** A role or user that Terraform would make anew. */
export interface Replacement {
  readonly before: { readonly arn: string; readonly label: string; readonly origin: Origin };
  readonly after: { readonly arn: string; readonly label: string; readonly origin: Origin };
  readonly because: string;
  /** The roles and resources whose policies name it: they let nobody in until they are applied again. */
  readonly breaks: readonly { readonly label: string; readonly origin: Origin }[];
  /** Stacks to apply again once it is there, sorted. */
  readonly stacks: readonly string[];
}

/** What a change of the estate does to access. */
export interface EstateDiff {
  readonly differences: readonly Difference[];
  readonly replaced: readonly Replacement[];
  readonly unchanged: readonly Rewritten[];
  /** Requests that were judged, each on both sides; for tests that count instead of timing. */
  readonly requests: number;
}
