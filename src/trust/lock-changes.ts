import type { AppliedTrusts, ConfirmedPrincipal, Lock } from "./lock";
import { tryFindPrincipal } from "./lock";

/**
 * The entry of a principal that is confirmed with this unique ID at `now` (UTC,
 * `2026-11-23T10:00:00Z`). `confirmedAt` changes only with the ID; the marks of a principal that was
 * absent or reopened are cleared.
 */
export function confirmedPrincipal(
  known: ConfirmedPrincipal | undefined,
  uniqueId: string,
  now: string,
): ConfirmedPrincipal {
  return { uniqueId, confirmedAt: known?.uniqueId === uniqueId ? known.confirmedAt : now };
}

/** The lock in which a principal is confirmed. */
export function confirmPrincipal(lock: Lock, arn: string, uniqueId: string, now: string): Lock {
  return withPrincipal(lock, arn, confirmedPrincipal(tryFindPrincipal(lock, arn), uniqueId, now));
}

/**
 * The lock in which a principal is no longer confirmed; with an account ID, for the trusts of that
 * account alone. What is applied stays recorded: AWS still has it.
 */
export function reopenPrincipal(lock: Lock, arn: string, trustingAccountId?: string): Lock {
  const known = tryFindPrincipal(lock, arn);
  if (known === undefined) return lock;
  if (trustingAccountId === undefined) {
    return { ...lock, principals: without(lock.principals, arn) };
  }
  const reopenedIn = [...new Set([...(known.reopenedIn ?? []), trustingAccountId])].sort();
  return withPrincipal(lock, arn, { ...known, reopenedIn });
}

/** The lock that says which trusts a role's deployed trust policy has; without any, nothing. */
export function recordApplied(lock: Lock, trustingArn: string, applied: AppliedTrusts): Lock {
  const others = without(lock.applied, trustingArn);
  const isEmpty = Object.keys(applied).length === 0;
  return { ...lock, applied: isEmpty ? others : { ...others, [trustingArn]: applied } };
}

function withPrincipal(lock: Lock, arn: string, principal: ConfirmedPrincipal): Lock {
  return { ...lock, principals: { ...lock.principals, [arn]: principal } };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
