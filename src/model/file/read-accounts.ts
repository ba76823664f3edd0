import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { checkAccountEntries, withPlaceholderId } from "./check-account-entries";
import { checkName } from "./check-name";
import { entryOf, parseEntry, type Entry } from "./entry";
import { isAccountLike, isRecord } from "./file-form";
import { accountId, accountObjectSchema, type AccountInput } from "./schema/accounts";
import { accountName } from "./schema/file";

/**
 * The accounts at a path of a document, in any of the three forms: names to accounts or IDs. At the
 * top of a file they are in one of Gruntwork's forms, where `root` is the management account.
 */
export function readAccounts(
  document: SourceDocument,
  path: DataPath,
  value: unknown,
  problems: Problem[],
): readonly Entry<AccountInput>[] {
  if (!isRecord(value)) {
    problems.push(
      inputError(document.locate(path), path, {
        expected: "an object from account names to accounts",
        found: showValue(value),
        remedy: 'write { "name": { "id": "…" } }, or the path of a file with them',
      }),
    );
    return [];
  }
  const isGruntwork = path.length === 0;
  const names = document
    .keys(path)
    .filter((name) => !(isGruntwork && name === "$schema" && !isAccountLike(value[name])));
  if (names.length === 0) {
    problems.push(
      inputError(document.locate(path), path, {
        expected: "at least one account",
        found: "none",
        remedy: 'add one: { "name": { "id": "111122223333" } }',
      }),
    );
  }
  const entries = names.flatMap((name, position) => {
    const entry = readAccount(document, [...path, name], value[name], position, problems);
    if (entry === undefined) return [];
    const isManagement = isGruntwork && name === "root" && entry.value.external !== true;
    return [isManagement ? { ...entry, value: { management: true, ...entry.value } } : entry];
  });
  return checkAccountEntries(entries, problems);
}

function readAccount(
  document: SourceDocument,
  path: DataPath,
  value: unknown,
  position: number,
  problems: Problem[],
): Entry<AccountInput> | undefined {
  checkName(document, path, accountName, problems);
  if (!isRecord(value)) return accountOfId(document, path, value, position, problems);
  const parsed = parseEntry(document, path, value, accountObjectSchema);
  problems.push(...parsed.problems);
  if (parsed.entry !== undefined) return parsed.entry;
  // An account whose ID is wrong is still an account that others refer to.
  const { entry } = parseEntry(document, path, { ...value, id: "" }, accountObjectSchema);
  return entry && withPlaceholderId(entry, position);
}

/** Gruntwork's second form: the ID itself stands where others have an object. */
function accountOfId(
  document: SourceDocument,
  path: DataPath,
  value: unknown,
  position: number,
  problems: Problem[],
): Entry<AccountInput> {
  const parsed = accountId.safeParse(value);
  const account = { id: parsed.success ? parsed.data : "" };
  const entry: Entry<AccountInput> = {
    ...entryOf(document, path, account, new Set()),
    at: (inner, part) => document.locate(path, inner.length === 0 ? part : "value"),
  };
  if (parsed.success) return entry;
  problems.push(
    inputError(document.locate(path), path, {
      expected:
        'an account { "id": … }, or its ID alone: 12 digits in quotes, empty for a planned account',
      found: showValue(value),
      remedy: "put the whole account ID in quotes: leading zeros count",
    }),
  );
  return withPlaceholderId(entry, position);
}
