import { groupBy } from "../group-by";
import type { Account, Model } from "../model";
import { stackDependencies, type StackDependency } from "./stack-dependencies";

/**
 * The order in which account stacks must be deployed: first what they wait for in one another, then
 * `deploy_order`, then their order in the file. Takes time linear in accounts and dependencies.
 */
export class DeployOrder {
  /** Every account, in that order. */
  readonly accounts: readonly Account[];
  /** Every account by `deploy_order` alone: bootstrap stacks wait for nobody. */
  readonly byNumber: readonly Account[];
  /** A dependency of each circle: no order satisfies all of them, so this one is left out. */
  readonly cycles: readonly StackDependency[];
  private readonly dependencies: ReadonlyMap<Account, readonly StackDependency[]>;

  constructor(model: Model) {
    this.dependencies = groupBy(stackDependencies(model), ({ after }) => after);
    this.byNumber = sortByDeployOrder(model.accounts);
    const { visited, cycles } = this.visit(this.byNumber);
    this.accounts = visited;
    this.cycles = cycles;
  }

  /** Whether another account waits for this one. */
  isAwaited(account: Account): boolean {
    return [...this.dependencies.values()].flat().some(({ before }) => before === account);
  }

  /** An account and all that it waits for, through others too; itself last. */
  upTo(account: Account): readonly Account[] {
    return this.visit([account]).visited;
  }

  /**
   * These accounts in parts, each of which waits for those before it alone: `cdktf deploy` starts the
   * stacks of one command at once.
   */
  waves(accounts: readonly Account[]): readonly (readonly Account[])[] {
    const chosen = new Set(accounts);
    const levels = new Map<Account, number>();
    for (const account of this.accounts.filter((each) => chosen.has(each))) {
      const before = (this.dependencies.get(account) ?? []).map((each) => levels.get(each.before));
      levels.set(account, Math.max(0, ...before.map((level) => (level ?? -1) + 1)));
    }
    return [...groupBy(levels.keys(), (account) => levels.get(account) ?? 0)]
      .sort(([a], [b]) => a - b)
      .map(([, wave]) => wave);
  }

  /** Depth first: what an account waits for, then the account. */
  private visit(accounts: readonly Account[]): {
    readonly visited: readonly Account[];
    readonly cycles: readonly StackDependency[];
  } {
    const states = new Map<Account, "open" | "done">();
    const visited: Account[] = [];
    const cycles: StackDependency[] = [];
    const visit = (account: Account): void => {
      states.set(account, "open");
      for (const dependency of this.dependencies.get(account) ?? []) {
        const state = states.get(dependency.before);
        if (state === "open") cycles.push(dependency);
        if (state === undefined) visit(dependency.before);
      }
      states.set(account, "done");
      visited.push(account);
    };
    for (const account of accounts) if (!states.has(account)) visit(account);
    return { visited, cycles };
  }
}

/** Accounts with a `deploy_order` first, smallest first; the others as they stand in the file. */
function sortByDeployOrder(accounts: readonly Account[]): readonly Account[] {
  return [...accounts].sort(
    (a, b) => (a.deployOrder ?? Infinity) - (b.deployOrder ?? Infinity) || 0,
  );
}
