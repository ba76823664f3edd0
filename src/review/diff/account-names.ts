import type { Estate } from "../../estate/estate";

/**
 * What people call the accounts of estates, by ID: the shortest name of a stack that deploys to it, since
 * an account's stack bears its name. Names that are known besides go first.
 */
export function accountNames(
  estates: readonly Estate[],
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { accounts } of estates) {
    for (const [id, { stacks }] of accounts) {
      const [shortest] = [...stacks].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
      if (shortest !== undefined) names.set(id, shortest);
    }
  }
  return new Map([...names, ...known]);
}
