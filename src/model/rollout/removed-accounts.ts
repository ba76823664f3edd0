import type { Problem } from "../../source/problem";
import { groupBy } from "../group-by";
import type { Model } from "../model";
import { stackAccounts } from "./trusted-principals";

/**
 * Accounts that the lock knows stacks of, and accounts.json no longer has as one that gets a stack. What
 * stands there must be destroyed before the rest is deployed: the hub's stack forgets how to get in.
 */
export function removedAccounts(model: Model, lockFile: string): readonly Problem[] {
  const deployed = new Set(stackAccounts(model).values());
  const gone = Object.entries(model.lock.stacks).filter(([, id]) => !deployed.has(id));
  return [...groupBy(gone, ([, id]) => id)].map(([id, entries]): Problem => {
    const stacks = entries.map(([stack]) => stack).sort();
    return {
      severity: "warning",
      location: { file: lockFile, line: 1, column: 1 },
      path: `stacks[${JSON.stringify(stacks[0])}]`,
      expected: `account ${id} among those that get a stack, as long as ${stacks.join(" and ")} ${stacks.length === 1 ? "is" : "are"} deployed`,
      found:
        "none: once the others are deployed, the deployer may not get in to destroy what is there",
      remedy:
        "run npx crosstrust status --since with a revision that has the account: it names what to destroy first; npx crosstrust confirm --prune forgets it then",
    };
  });
}
