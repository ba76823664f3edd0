import type { ConfirmedPrincipal, Lock, Revocation } from "./lock";

/** The version of the lock file's format that this program reads and writes. */
export const LOCK_VERSION = 1;

/**
 * The text of a lock file: JSON with two spaces, the version first, then all keys and lists sorted,
 * so that the same lock always has the same bytes and a change shows as the lines it changes.
 */
export function formatLock(lock: Lock): string {
  const sorted = {
    version: LOCK_VERSION,
    applied: sortedRecord(lock.applied, (trusts) => sortedRecord(trusts, (value) => value)),
    ...(lock.keys !== undefined && { keys: sortedRecord(lock.keys, (keyArn) => keyArn) }),
    principals: sortedRecord(lock.principals, sortedPrincipal),
    ...(lock.revoked !== undefined && { revoked: sortedRecord(lock.revoked, sortedRevocation) }),
    ...(lock.sealed !== undefined && {
      sealed: sortedRecord(lock.sealed, ({ before, until }) => ({ before, until })),
    }),
    stacks: sortedRecord(lock.stacks, (accountId) => accountId),
    ...(lock.terms !== undefined && {
      terms: sortedRecord(lock.terms, (terms) => sortedRecord(terms, (digest) => digest)),
    }),
  };
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/** Fields that are not set leave no trace in JSON. */
function sortedRevocation(revocation: Revocation): Revocation {
  const { at, principals, reaches, sealedAt, sealsLeft, unconfirmed } = revocation;
  return {
    at,
    principals: [...principals].sort(),
    reaches: [...reaches].sort(),
    sealedAt,
    sealsLeft,
    unconfirmed,
  };
}

/** Fields that are not set leave no trace in JSON. */
function sortedPrincipal(principal: ConfirmedPrincipal): ConfirmedPrincipal {
  const { absent, confirmedAt, reopenedIn, uniqueId } = principal;
  return { absent, confirmedAt, reopenedIn: reopenedIn && [...reopenedIn].sort(), uniqueId };
}

function sortedRecord<T, U>(
  record: Readonly<Record<string, T>>,
  transform: (value: T) => U,
): Readonly<Record<string, U>> {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, transform(record[key])]),
  );
}
