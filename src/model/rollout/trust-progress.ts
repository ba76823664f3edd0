import { tryFindApplied } from "../../trust/lock";
import {
  appliedValue,
  isPrincipalTrust,
  stageOf,
  tightens,
  type PrincipalTrust,
} from "../../trust/trust";
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
  return { role, trust, applied, progress: progressOf(trust, applied) };
}

/** Every trust in a role or user, in the order of the model. */
export function trackTrusts(model: Model): readonly TrackedTrust[] {
  return model.roles.flatMap((role) =>
    role.trusts.filter(isPrincipalTrust).map((trust) => trackTrust(model, role, trust)),
  );
}

function progressOf(trust: PrincipalTrust, applied: string | undefined): Progress {
  const changes = applied !== undefined && applied !== appliedValue(trust);
  if (!tightens(trust)) return changes ? "due" : "kept";
  if (stageOf(trust) === "account") return changes ? "due" : "waiting";
  return applied === appliedValue(trust) ? "done" : "due";
}
