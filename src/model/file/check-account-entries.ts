import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { Entry } from "./entry";
import type { AccountInput } from "./schema/accounts";

/**
 * What accounts must not share, and what one account must not be at once. Gives the accounts to go on
 * with: one whose ID is another's has a made-up one, so that the two are not taken for one.
 */
export function checkAccountEntries(
  entries: readonly Entry<AccountInput>[],
  problems: Problem[],
): readonly Entry<AccountInput>[] {
  const ids = new Map<string, Entry<AccountInput>>();
  const names = new Map<string, Entry<AccountInput>>();
  let management: Entry<AccountInput> | undefined;
  const checked: Entry<AccountInput>[] = [];
  for (const [position, entry] of entries.entries()) {
    const { id } = entry.value;
    const hasId = id !== "" && !entry.leftOut.has("id");
    const sameId = hasId ? ids.get(id) : undefined;
    checked.push(sameId === undefined ? entry : withPlaceholderId(entry, position));
    if (sameId !== undefined) {
      const { file, line } = sameId.at([], "key");
      report(entry, ["id"], "value", {
        expected: "an id of its own",
        found: `${showValue(id)}, which is ${sameId.name}'s too (${file}:${line})`,
        remedy: "correct one of the two",
      });
    } else if (hasId) ids.set(id, entry);
    const sameName = names.get(entry.name.toLowerCase());
    if (sameName !== undefined) {
      report(entry, [], "key", {
        expected: "a name that differs from others by more than case",
        found: `${showValue(entry.name)} beside ${showValue(sameName.name)}: their states would be one file on some disks`,
        remedy: "rename one of the two",
      });
    } else names.set(entry.name.toLowerCase(), entry);
    if (entry.value.management !== true) continue;
    if (entry.value.external === true) {
      report(entry, ["management"], "value", {
        expected: "management or external, one of them",
        found: "both",
        remedy: "take one out",
      });
    }
    if (management !== undefined) {
      report(entry, ["management"], "value", {
        expected: "one management account",
        found: `a second one beside ${showValue(management.name)}`,
        remedy: "take management out of one of the two",
      });
    }
    management = entry;
  }
  return checked;

  function report(
    entry: Entry<AccountInput>,
    path: readonly string[],
    part: "key" | "value",
    text: Parameters<typeof inputError>[2],
  ): void {
    problems.push(inputError(entry.at(path, part), [...entry.path, ...path], text));
  }
}

/** A wrong ID's stand-in, different for each account: two accounts are never taken for one. */
export function withPlaceholderId(
  entry: Entry<AccountInput>,
  position: number,
): Entry<AccountInput> {
  return {
    ...entry,
    value: { ...entry.value, id: String(position).padStart(12, "0") },
    leftOut: new Set([...entry.leftOut, "id"]),
  };
}
