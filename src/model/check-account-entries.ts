import { inputError } from "../source/input-error";
import type { Problem } from "../source/problem";
import { showValue } from "../source/show-value";
import type { Entry } from "./entry";
import type { AccountInput } from "./schema/accounts";

/** What accounts must not share, and what one account must not be at once. */
export function checkAccountEntries(
  entries: readonly Entry<AccountInput>[],
  problems: Problem[],
): void {
  const ids = new Map<string, Entry<AccountInput>>();
  const names = new Map<string, Entry<AccountInput>>();
  let management: Entry<AccountInput> | undefined;
  for (const entry of entries) {
    const { id } = entry.value;
    const sameId = entry.isPartial || id === "" ? undefined : ids.get(id);
    if (sameId !== undefined) {
      const { file, line } = sameId.at([], "key");
      report(entry, ["id"], "value", {
        expected: "an id of its own",
        found: `${showValue(id)}, which is ${sameId.name}'s too (${file}:${line})`,
        remedy: "correct one of the two",
      });
    } else if (!entry.isPartial) ids.set(id, entry);
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

  function report(
    entry: Entry<AccountInput>,
    path: readonly string[],
    part: "key" | "value",
    text: Parameters<typeof inputError>[2],
  ): void {
    problems.push(inputError(entry.at(path, part), [...entry.path, ...path], text));
  }
}
