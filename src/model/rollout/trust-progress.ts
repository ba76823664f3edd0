import { tryFindApplied } from "../../trust/lock";
import {
  appliedValue,
  isPrincipalTrust,
  stageOf,
  tightens,
  type PrincipalTrust,
  type Trust,
} from "../../trust/trust";
import { trustKey, trustTerms } from "../../trust/trust-terms";
import type { Model, Role } from "../model";

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
  readonly role: Role;
  readonly trust: PrincipalTrust;
  readonly progress: Progress;
  /** What the lock says is applied: `account`, a unique ID, or nothing yet. */
  readonly applied: string | undefined;
}

/** How far a role's trust in a role or user is. */
export function trackTrust(model: Model, role: Role, trust: PrincipalTrust): TrackedTrust {
  const applied = tryFindApplied(model.lock, role.arn, trust.principalArn);
  const progress = progressOf(trust, applied);
  // A trust that was never applied waits, or is due, by that alone.
  const isDue = applied !== undefined && termsDiffer(model, role, trust);
  return { role, trust, applied, progress: isDue ? "due" : progress };
}

/** Every trust in a role or user, in the order of the model. */
export function trackTrusts(model: Model): readonly TrackedTrust[] {
  return model.roles.flatMap((role) =>
    role.trusts.filter(isPrincipalTrust).map((trust) => trackTrust(model, role, trust)),
  );
}

/**
 * Whether the deployed trust is not this one: another stage, condition or guard, or none at all. False
 * where the lock does not say what is deployed.
 */
export function termsDiffer(model: Model, role: Role, trust: Trust): boolean {
  const { terms, stacks } = model.lock;
  if (terms === undefined || !Object.hasOwn(stacks, role.stack)) return false;
  const deployed = Object.hasOwn(terms, role.arn) ? terms[role.arn] : {};
  const key = trustKey(trust);
  const same = role.trusts.filter((each) => trustKey(each) === key);
  return deployed[key] !== trustTerms(same)[key];
}

function progressOf(trust: PrincipalTrust, applied: string | undefined): Progress {
  const changes = applied !== undefined && applied !== appliedValue(trust);
  if (!tightens(trust)) return changes ? "due" : "kept";
  if (stageOf(trust) === "account") return changes ? "due" : "waiting";
  return applied === appliedValue(trust) ? "done" : "due";
}
