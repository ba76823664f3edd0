import { join } from "node:path";
import type { GuardedAccount } from "../../src/only-path/guarded-account";
import { readAccounts } from "../stacks/organization";

/** The organization of examples/only-path. */
export function example() {
  return readAccounts(join(__dirname, "../../examples/only-path/accounts.json"));
}

/** An account of the example as its policies know it. */
export function guardedOf(name: string): GuardedAccount {
  const found = example().onlyPaths.find(({ account }) => account.name === name);
  if (found === undefined) throw new Error(`${name} has no onlyPath`);
  return found.guarded;
}
