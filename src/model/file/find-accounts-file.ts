import { existsSync } from "node:fs";
import { join } from "node:path";
import { YAML_ENDINGS } from "../../source/parse-source";

/** The main file's name without its ending, in the order in which they are looked for. */
const NAMES = ["crosstrust", "accounts"] as const;

const ENDINGS = [".json", ...YAML_ENDINGS] as const;

/**
 * The main file of a folder: crosstrust.json where one stands, else accounts.json; either may be
 * YAML. `accounts.json` where there is none.
 */
export function findAccountsFile(folder: string): string {
  const candidates = NAMES.flatMap((name) => ENDINGS.map((ending) => join(folder, name + ending)));
  return candidates.find((file) => existsSync(file)) ?? join(folder, "accounts.json");
}
