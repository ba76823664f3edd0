import { tryPrincipalKind } from "../iam/principal-arn";
import type { ConfirmOptions } from "../model/rollout/confirmation";
import { tryFindPrincipal, type Lock } from "../trust/lock";
import { confirmPrincipal } from "../trust/lock-changes";
import { updateLock } from "../trust/lock-file";
import { describeUniqueIdOf, isUniqueIdOf } from "../trust/unique-id";
import { EMPTY_REPORT, tightenedAgain, type ConfirmReport } from "./confirm-report";
import { UsageError } from "./exit-code";

/** A principal with the unique ID that somebody has looked up. */
export interface NamedPrincipal {
  readonly principal: string;
  readonly uniqueId: string;
}

/**
 * Records one principal by hand. One that is recorded with another unique ID was made again: that is
 * recorded only when it is accepted. Throws a UsageError for what cannot be its unique ID.
 */
export function confirmByHand(
  lockFile: string,
  { principal, uniqueId }: NamedPrincipal,
  options: ConfirmOptions,
  trustedBy: (lock: Lock) => readonly string[],
): ConfirmReport {
  if (tryPrincipalKind(principal) === undefined) {
    throw new UsageError(
      `expected --principal to be the ARN of one role or IAM user, found ${principal}; write it as arn:aws:iam::111122223333:role/name`,
    );
  }
  if (!isUniqueIdOf(principal, uniqueId)) {
    throw new UsageError(
      `expected --unique-id to be ${describeUniqueIdOf(principal)}, found ${uniqueId}; aws iam get-role or get-user shows it`,
    );
  }
  let report: ConfirmReport = { ...EMPTY_REPORT, accepted: options.acceptRecreated };
  updateLock(lockFile, (lock) => {
    const was = tryFindPrincipal(lock, principal)?.uniqueId;
    if (was !== undefined && was !== uniqueId) {
      const recreated = [{ arn: principal, was, now: uniqueId, trustedBy: trustedBy(lock) }];
      report = { ...report, recreated };
      if (!options.acceptRecreated) return lock;
    } else {
      report = { ...report, confirmed: [principal] };
    }
    const confirmed = confirmPrincipal(lock, principal, uniqueId, options.now);
    report = { ...report, tightenedAgain: tightenedAgain(lock, confirmed) };
    return confirmed;
  });
  return report;
}
