import { dirname } from "node:path";
import type { z } from "zod";
import { inputError } from "../../source/input-error";
import { readDocument } from "../../source/parse-source";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import type { SourceDocument } from "../../source/source-document";
import { zodProblems } from "../../source/zod-problems";
import { resolveBeside } from "./beside";
import type { Doubts } from "./doubts";
import { entryOf, parseEntry, type Entry } from "./entry";
import { isFullForm, isRecord } from "./file-form";
import { foreignKeys } from "./foreign-keys";
import { includedFiles } from "./included-files";
import { withKeptStatements, type SharingEntry } from "./kept-statements";
import { readAccounts } from "./read-accounts";
import { Parts } from "./read-parts";
import type { AccountInput } from "./schema/accounts";
import { fullSchema } from "./schema/file";
import type { IdentitiesInput } from "./schema/identities";
import { logsSchema, type LogsInput } from "./schema/logs";
import { notificationsSchema, type NotificationsInput } from "./schema/notifications";
import type { PermissionSetInput } from "./schema/permission-sets";
import type { RoleInput } from "./schema/roles";
import { settingsSchema, type SettingsInput } from "./schema/settings";

/** The accounts file with everything that it includes, each part with its place. */
export interface AccountsFile {
  readonly file: string;
  /** Of the main file. */
  readonly folder: string;
  readonly settings: Entry<SettingsInput>;
  readonly logs?: Entry<LogsInput>;
  readonly notifications?: Entry<NotificationsInput>;
  /** At least one. */
  readonly accounts: readonly Entry<AccountInput>[];
  readonly identities: readonly Entry<IdentitiesInput>[];
  readonly roles: readonly Entry<RoleInput>[];
  readonly permissionSets: readonly Entry<PermissionSetInput>[];
  readonly sharing: readonly SharingEntry[];
  readonly doubts: Doubts;
}

/** What was read, and every problem; no file where the accounts could not be read at all. */
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
    return { problems: [...problems, notAnObject(document, document.value)] };
  }
  const reader = new Reader(document, document.value, file);
  const accountsFile = reader.read();
  const all = [...problems, ...reader.problems];
  return accountsFile.accounts.length > 0
    ? { accountsFile, problems: all }
    : // Without accounts every reference would be reported.
      { problems: all };
}

function notAnObject(document: SourceDocument, value: unknown): Problem {
  return inputError(document.locate([]), [], {
    expected: "an object with accounts { … }",
    found: showValue(value),
    remedy: "see accounts.schema.json, or the README, for the file's form",
  });
}

type Data = Readonly<Record<string, unknown>>;

/** Reads the files of one organization. */
class Reader {
  readonly problems: Problem[] = [];
  private readonly parts = new Parts(this.problems);
  private isIncludeMissing = false;

  constructor(
    private readonly document: SourceDocument,
    private readonly value: Data,
    private readonly file: string,
  ) {}

  read(): AccountsFile {
    const { document, value } = this;
    const isFull = isFullForm(value);
    const settings = this.settings(isFull ? value.settings : undefined);
    if (isFull) this.readTop();
    const accounts = isFull
      ? this.accountsOfFullForm()
      : readAccounts(document, [], value, this.problems);
    if (isFull) {
      this.parts.add(document, value);
      this.addIncludes();
    }
    const notifications =
      isFull && value.notifications !== undefined
        ? this.part("notifications", notificationsSchema)
        : undefined;
    return {
      file: document.file,
      folder: dirname(this.file),
      settings,
      ...(isFull && value.logs !== undefined && { logs: this.part("logs", logsSchema) }),
      ...(notifications !== undefined && { notifications }),
      accounts,
      identities: this.parts.identities,
      roles: this.parts.roles,
      permissionSets: this.parts.permissionSets,
      sharing: this.parts.sharing.map((entry) =>
        withKeptStatements(entry, this.file, this.problems),
      ),
      doubts: {
        accounts: namesWhere(accounts, (key) => key !== "id"),
        accountIds: namesWhere(accounts, (key) => key === "id"),
        roles: this.parts.wrongRoles,
        identities: this.parts.wrongIdentities,
        includes: this.isIncludeMissing,
        notifications: isFull && value.notifications !== undefined && notifications === undefined,
      },
    };
  }

  /** The keys at the top that are no parts, and those that nothing knows. */
  private readTop(): void {
    const top = Object.entries(this.value).filter(([key]) => !PARTS.some((part) => part === key));
    const parsed = fullSchema.safeParse(Object.fromEntries(top));
    if (!parsed.success) {
      this.problems.push(...zodProblems(this.document, [], parsed.error.issues));
    }
  }

  private settings(value: unknown): Entry<SettingsInput> {
    const path = ["settings"];
    const { entry, problems } = parseEntry(this.document, path, value ?? {}, settingsSchema);
    this.problems.push(...problems);
    const everyKey = new Set(Object.keys(settingsSchema.shape));
    return entry ?? entryOf(this.document, path, {}, everyKey);
  }

  private part<T>(key: "logs" | "notifications", schema: z.ZodType<T>): Entry<T> | undefined {
    const { entry, problems } = parseEntry(this.document, [key], this.value[key], schema);
    this.problems.push(...problems);
    return entry;
  }

  private accountsOfFullForm(): readonly Entry<AccountInput>[] {
    const { accounts } = this.value;
    const path = ["accounts"];
    if (typeof accounts !== "string") {
      return readAccounts(this.document, path, accounts ?? {}, this.problems);
    }
    const namedAt = { location: this.document.locate(path), path };
    const { document, problems } = readDocument(resolveBeside(this.file, accounts), namedAt);
    this.problems.push(...problems);
    if (document === undefined) return [];
    const { value } = document;
    if (!isRecord(value) || !isFullForm(value)) {
      return readAccounts(document, [], value, this.problems);
    }
    this.refuseKeys(document, ["$schema", "accounts", "notes"], "accounts alone in this file");
    return readAccounts(document, path, value.accounts, this.problems);
  }

  private addIncludes(): void {
    const { include } = this.value;
    if (include === undefined) return;
    const { files, problems } = includedFiles(this.document, this.file, include);
    this.problems.push(...problems);
    if (problems.length > 0) this.isIncludeMissing = true;
    for (const { path, namedAt } of files) {
      const { document, problems: unread } = readDocument(path, namedAt);
      this.problems.push(...unread);
      if (isRecord(document?.value)) {
        const allowed = ["$schema", "identities", "notes", "permissionSets", "roles", "sharing"];
        const parts = "roles, identities, permissionSets and sharing alone in an included file";
        this.refuseKeys(document, allowed, parts);
        this.parts.add(document, document.value);
        continue;
      }
      this.isIncludeMissing = true;
      if (document === undefined) continue;
      this.problems.push(
        inputError(document.locate([]), [], {
          expected: "an object with roles { … }, identities { … } or sharing { … }",
          found: showValue(document.value),
          remedy: "correct the file, or take it out of include",
        }),
      );
    }
  }

  private refuseKeys(document: SourceDocument, allowed: readonly string[], expected: string): void {
    this.problems.push(...foreignKeys(document, this.document.file, allowed, expected));
  }
}

/** Keys at the top that are read piece by piece. */
const PARTS = [
  "accounts",
  "identities",
  "include",
  "logs",
  "notifications",
  "permissionSets",
  "roles",
  "settings",
  "sharing",
] as const;

function namesWhere(
  entries: readonly Entry<unknown>[],
  isMeant: (leftOut: string) => boolean,
): ReadonlySet<string> {
  return new Set(
    entries.filter(({ leftOut }) => [...leftOut].some(isMeant)).map(({ name }) => name),
  );
}
