import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GuardedAccount } from "../../src/only-path/guarded-account";
import type { Model } from "../../src/model/model";
import { modelOf, readAccounts } from "../stacks/organization";

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

/** The sample organization, with the only way in declared of every account that can have it. */
export function sampleWithOnlyPaths(): Model {
  const file = JSON.parse(readFileSync(join(__dirname, "../../accounts.json"), "utf8"));
  for (const account of Object.values<Record<string, unknown>>(file.accounts)) {
    if (account.management !== true && account.external !== true) account.onlyPath = true;
  }
  return modelOf(file);
}
