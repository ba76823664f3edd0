import type { Account } from "../model";

/** A few names, and how many more. */
export function accountNames(accounts: readonly Account[]): string {
  const shown = accounts.slice(0, 3).map(({ name }) => name);
  return accounts.length > 3
    ? `${shown.join(", ")} and ${accounts.length - 3} more`
    : shown.join(", ");
}
