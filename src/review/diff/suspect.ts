import { callerOf } from "../../estate/caller-of";
import type { Estate } from "../../estate/estate";
import { MAY_ANYTHING } from "../../estate/made-up-callers";
import type { AssumingAction } from "../../estate/assume-role-actions";
import type { Caller } from "../../iam/evaluation/request";
import type { Somebody } from "./difference";
import { OTHER_ID } from "./with-user-ids";

/** Somebody whom the policies of one side or the other may let in. */
export interface Suspect {
  readonly who: Somebody;
  readonly kind: Caller["kind"];
  readonly arn: string;
  /** Undefined for services and federated callers. */
  readonly accountId?: string;
  readonly uniqueId?: string;
  readonly sessionName?: string;
  /** @default - the operation that is usual for the kind of caller */
  readonly operation?: AssumingAction;
}

/** Distinct for suspects that call differently. */
export function suspectKey(suspect: Suspect): string {
  const { kind, arn, uniqueId = "", sessionName = "", operation = "" } = suspect;
  return [kind, arn, uniqueId, sessionName, operation].join(" ");
}

/** Whether it stands for all others of its account whom no stack makes and no policy names. */
export function standsForOthers({ arn, uniqueId = OTHER_ID }: Suspect): boolean {
  return arn.endsWith("/anyone") && uniqueId.endsWith(OTHER_ID);
}

/**
 * A suspect as it calls on one side; undefined where it is not there. What a principal that no stack
 * makes may do is its account's matter, and taken as given on both sides, so that what is compared is
 * whom the policies let in; one that exists already has policies besides those of the stacks.
 * The estates are without control policies, which are compared apart (`compareControlPolicies`).
 */
export function callerOn(suspect: Suspect, side: Estate, other: Estate): Caller | undefined {
  const { kind, arn, accountId, uniqueId, sessionName } = suspect;
  if (kind === "service" || kind === "federated") return { kind, arn, identityPolicies: [] };
  const identity = side.identities.get(arn);
  if (identity === undefined && other.identities.get(arn)?.defined === true) return undefined;
  if (identity?.defined !== true) {
    const known = uniqueId ?? identity?.uniqueId;
    return { kind, arn, accountId, uniqueId: known, sessionName, ...MAY_ANYTHING };
  }
  const caller = callerOf(identity);
  return { ...caller, uniqueId: uniqueId ?? caller.uniqueId, sessionName };
}
