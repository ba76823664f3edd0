import { dirname } from "node:path";
import { inputError } from "../source/input-error";
import { readDocument } from "../source/parse-source";
import type { Problem } from "../source/problem";
import { showValue } from "../source/show-value";
import type { DataPath, SourceDocument } from "../source/source-document";
import { zodProblems } from "../source/zod-problems";
import { checkAccountEntries } from "./check-account-entries";
import { checkRoleEntry } from "./check-role-entry";
import { parseEntry, type Entry } from "./entry";
import { isAccountLike, isFullForm, isRecord } from "./file-form";
import { includedFiles } from "./included-files";
import { accountObjectSchema, type AccountInput } from "./schema/accounts";
import { accountName, fullSchema, roleKey } from "./schema/file";
import { identitiesSchema, type IdentitiesInput } from "./schema/identities";
import { roleSchema, type RoleInput } from "./schema/roles";
import { settingsSchema, type SettingsInput } from "./schema/settings";
import { resolveBeside } from "./beside";

/** The accounts file with everything that it includes, each part with its place. */
export interface AccountsFile {
  readonly form: "gruntwork" | "full";
  readonly file: string;
  /** Of the main file. */
  readonly folder: string;
  readonly settings: Entry<SettingsInput>;
  readonly accounts: readonly Entry<AccountInput>[];
  readonly identities: readonly Entry<IdentitiesInput>[];
  readonly roles: readonly Entry<RoleInput>[];
}

/** What was read, and every problem; no file where it could not be understood at all. */
export interface ReadAccountsFile {
  readonly accountsFile?: AccountsFile;
  readonly problems: readonly Problem[];
}

/**
 * Reads the main file, its includes and its file of accounts. All problems of all files come at
 * once; entries without problems are given even beside others that have some.
 */
export function readAccountsFile(file: string): ReadAccountsFile {
  const { document, problems } = readDocument(file);
  if (document === undefined) return { problems };
  if (!isRecord(document.value)) {
    return { problems: [...problems, notAnObject(document)] };
  }
  const reader = new Reader(document, document.value, file);
  const accountsFile = reader.read();
  return { accountsFile, problems: [...problems, ...reader.problems] };
}

function notAnObject(document: SourceDocument): Problem {
  return inputError(document.locate([]), [], {
    expected: "an object with accounts { … }",
    found: showValue(document.value),
    remedy: "see accounts.schema.json, or the README, for the file's form",
  });
}

type Data = Readonly<Record<string, unknown>>;

/** Gathers the parts of one organization from its files. */
class Reader {
  readonly problems: Problem[] = [];
  private readonly roles = new Map<string, Entry<RoleInput> | Taken>();
  private readonly identities = new Map<string, Entry<IdentitiesInput> | Taken>();

  constructor(
    private readonly document: SourceDocument,
    private readonly value: Data,
    private readonly file: string,
  ) {}

  read(): AccountsFile {
    const { document, value } = this;
    const isFull = isFullForm(value);
    if (isFull) this.refuseUnknownKeys();
    const settings = this.settings(isFull ? value.settings : undefined);
    const accounts = isFull ? this.accountsOfFullForm() : this.accounts(document, [], value);
    if (isFull) {
      this.addParts(document, value);
      this.addIncludes();
    }
    checkAccountEntries(accounts, this.problems);
    return {
      form: isFull ? "full" : "gruntwork",
      file: document.file,
      folder: dirname(this.file),
      settings,
      accounts,
      identities: [...this.identities.values()].filter(isEntry),
      roles: [...this.roles.values()].filter(isEntry),
    };
  }

  private refuseUnknownKeys(): void {
    const shape = Object.keys(fullSchema.shape);
    const unknown = Object.keys(this.value).filter((key) => !shape.includes(key));
    const rest = Object.fromEntries(unknown.map((key) => [key, this.value[key]]));
    const parsed = fullSchema.safeParse(rest);
    if (!parsed.success) {
      this.problems.push(...zodProblems(this.document, [], parsed.error.issues));
    }
  }

  private settings(value: unknown): Entry<SettingsInput> {
    const parsed = parseEntry(this.document, ["settings"], value ?? {}, settingsSchema);
    this.problems.push(...parsed.problems);
    return (
      parsed.entry ?? {
        name: "settings",
        value: {},
        path: ["settings"],
        isPartial: true,
        at: (path, part) => this.document.locate(["settings", ...path], part),
      }
    );
  }

  private accountsOfFullForm(): readonly Entry<AccountInput>[] {
    const { accounts } = this.value;
    if (typeof accounts !== "string") {
      return this.accounts(this.document, ["accounts"], accounts ?? {});
    }
    const path = ["accounts"];
    const { document, problems } = readDocument(resolveBeside(this.file, accounts), {
      location: this.document.locate(path),
      path,
    });
    this.problems.push(...problems);
    if (document === undefined) return [];
    const isFull = isRecord(document.value) && isFullForm(document.value);
    return isFull && isRecord(document.value)
      ? this.accounts(document, ["accounts"], document.value.accounts)
      : this.accounts(document, [], document.value);
  }

  /** Names to accounts, in any of the three forms. */
  private accounts(
    document: SourceDocument,
    path: DataPath,
    value: unknown,
  ): readonly Entry<AccountInput>[] {
    if (!isRecord(value)) {
      this.problems.push(
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
      this.problems.push(
        inputError(document.locate(path), path, {
          expected: "at least one account",
          found: "none",
          remedy: 'add one: { "name": { "id": "111122223333" } }',
        }),
      );
    }
    return names.flatMap((name) => {
      const at = [...path, name];
      this.checkName(document, at, name, accountName);
      const raw = value[name];
      const written = isRecord(raw) ? raw : { id: raw };
      const parsed = parseEntry(document, at, written, accountObjectSchema);
      this.problems.push(
        ...(isRecord(raw) ? parsed.problems : atTheName(parsed.problems, document, at)),
      );
      const entry = parsed.entry ?? this.withPlaceholderId(document, at, written);
      if (entry === undefined) return [];
      const isManagement = isGruntwork && name === "root" && entry.value.external !== true;
      return [isManagement ? { ...entry, value: { management: true, ...entry.value } } : entry];
    });
  }

  /** An account whose ID is wrong is still an account that others refer to. */
  private withPlaceholderId(
    document: SourceDocument,
    path: DataPath,
    written: Data,
  ): Entry<AccountInput> | undefined {
    const { entry } = parseEntry(
      document,
      path,
      { ...written, id: "000000000000" },
      accountObjectSchema,
    );
    return entry && { ...entry, isPartial: true };
  }

  private addIncludes(): void {
    const { include } = this.value;
    if (include === undefined) return;
    const { files, problems } = includedFiles(this.document, this.file, include);
    this.problems.push(...problems);
    for (const file of files) {
      const { document, problems: unread } = readDocument(file.path, file.namedAt);
      this.problems.push(...unread);
      if (document === undefined) continue;
      if (isRecord(document.value)) this.addIncluded(document, document.value);
      else this.problems.push(notAnObject(document));
    }
  }

  private addIncluded(document: SourceDocument, value: Data): void {
    const allowed = ["$schema", "identities", "notes", "roles"];
    for (const key of document.keys([]).filter((each) => !allowed.includes(each))) {
      this.problems.push(
        inputError(document.locate([key], "key"), [key], {
          expected: "roles and identities alone in an included file",
          found: showValue(key),
          remedy: "move it to the main file",
        }),
      );
    }
    this.addParts(document, value);
  }

  /** `roles` and `identities` of one file. */
  private addParts(document: SourceDocument, value: Data): void {
    this.addPart(document, value, "roles", this.roles, (path, name, part) => {
      this.checkName(document, path, name, roleKey);
      const { entry, problems } = parseEntry(document, path, part, roleSchema);
      this.problems.push(...problems);
      if (entry !== undefined) checkRoleEntry(entry, this.problems);
      return entry;
    });
    this.addPart(document, value, "identities", this.identities, (path, _, part) => {
      const { entry, problems } = parseEntry(document, path, part, identitiesSchema);
      this.problems.push(...problems);
      return entry;
    });
  }

  private addPart<T>(
    document: SourceDocument,
    value: Data,
    part: "roles" | "identities",
    known: Map<string, Entry<T> | Taken>,
    parse: (path: DataPath, name: string, value: unknown) => Entry<T> | undefined,
  ): void {
    const entries = value[part];
    if (entries === undefined) return;
    if (!isRecord(entries)) {
      this.problems.push(
        inputError(document.locate([part]), [part], {
          expected: "an object { … }",
          found: showValue(entries),
          remedy: `write ${part} by name`,
        }),
      );
      return;
    }
    for (const name of document.keys([part])) {
      const path = [part, name];
      const first = known.get(name);
      if (first !== undefined) {
        const { file, line } = first.at([], "key");
        this.problems.push(
          inputError(document.locate(path, "key"), path, {
            expected: "a key that no other file defines",
            found: `${showValue(name)}, which ${file}:${line} defines too`,
            remedy: "rename or remove one of the two",
          }),
        );
        continue;
      }
      const at = (inner: DataPath, where?: "key" | "value") =>
        document.locate([...path, ...inner], where);
      known.set(name, parse(path, name, entries[name]) ?? { at });
    }
  }

  private checkName(
    document: SourceDocument,
    path: DataPath,
    name: string,
    schema: typeof roleKey,
  ): void {
    const parsed = schema.safeParse(name);
    if (parsed.success) return;
    const [expected, remedy] = parsed.error.issues[0].message.split("\n");
    this.problems.push(
      inputError(document.locate(path, "key"), path, { expected, found: showValue(name), remedy }),
    );
  }
}

/** A key that is taken by an entry with problems. */
type Taken = Pick<Entry<unknown>, "at">;

function isEntry<T>(entry: Entry<T> | Taken): entry is Entry<T> {
  return "value" in entry;
}

/** Gruntwork's second form has the ID itself where others have an object: there is no `id` inside. */
function atTheName(
  problems: readonly Problem[],
  document: SourceDocument,
  path: DataPath,
): readonly Problem[] {
  return problems.map(({ expected, found, remedy }) =>
    inputError(document.locate(path), path, { expected, found, remedy }),
  );
}
