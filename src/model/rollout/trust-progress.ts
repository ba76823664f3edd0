import { tryFindApplied } from "../../trust/lock";
import {
  appliedValue,
  isPrincipalTrust,
  stageOf,
  tightens,
  type PrincipalTrust,
} from "../../trust/trust";
import { trustKey } from "../../trust/trust-terms";
import type { Model } from "../model";
import { trustings, type Trusting } from "./trusting";

/**
 * How far a trust is on its way to its end:
 * - `waiting`: its principal is not confirmed to exist.
 * - `due`: what the stack would now deploy is not what was last applied.
 * - `done`: tightened, and applied.
 * - `kept`: stays at the account, because `tighten` says so.
 */
export type Progress = "waiting" | "due" | "done" | "kept";

/** A trust in a role or user, with how far it is. */
export interface TrackedTrust {
  readonly trusting: Trusting;
  readonly trust: PrincipalTrust;
  readonly progress: Progress;
  /** What the lock says is applied: `account`, a unique ID, or nothing yet. */
  readonly applied: string | undefined;
}

/** How far a trust in a role or user is. */
export function trackTrust(model: Model, trusting: Trusting, trust: PrincipalTrust): TrackedTrust {
  const applied = tryFindApplied(model.lock, trusting.arn, trust.principalArn);
  const progress = progressOf(trust, applied);
  // A trust that was never applied waits, or is due, by that alone.
  const isDue = applied !== undefined && termsDiffer(model, trusting, trustKey(trust));
  return { trusting, trust, applied, progress: isDue ? "due" : progress };
}

/** Every trust in a role or user, in the order of the model. */
export function trackTrusts(
  model: Model,
  all: readonly Trusting[] = trustings(model),
): readonly TrackedTrust[] {
  return all.flatMap((trusting) =>
    trusting.trusts.filter(isPrincipalTrust).map((trust) => trackTrust(model, trusting, trust)),
  );
}

/**
 * Whether what is deployed of the trust in `key` (see `trustKey`) is not what would be now: another
 * stage, condition or guard, or none at all. False where the lock does not say what is deployed.
 */
export function termsDiffer({ lock }: Model, trusting: Trusting, key: string): boolean {
  const { terms, stacks } = lock;
  if (terms === undefined || !Object.hasOwn(stacks, trusting.stack)) return false;
  const deployed = Object.hasOwn(terms, trusting.arn) ? terms[trusting.arn] : {};
  return deployed[key] !== trusting.terms()[key];
}

function progressOf(trust: PrincipalTrust, applied: string | undefined): Progress {
  const changes = applied !== undefined && applied !== appliedValue(trust);
  if (!tightens(trust)) return changes ? "due" : "kept";
  if (stageOf(trust) === "account") return changes ? "due" : "waiting";
  return applied === appliedValue(trust) ? "done" : "due";
}
