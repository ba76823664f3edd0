import { isAccountId } from "../iam/arn";
import { tryPrincipalKind } from "../iam/principal-arn";
import { closestTo } from "../source/closest";
import { type ProblemText, inputError } from "../source/input-error";
import type { Problem } from "../source/problem";
import { quote, showValue } from "../source/show-value";
import type { DataPath, SourceDocument } from "../source/source-document";
import { LOCK_VERSION } from "./format-lock";
import type { ConfirmedPrincipal, Lock } from "./lock";
import { describeUniqueIdOf, isUniqueIdOf } from "./unique-id";

const RESTORE = "correct it, or restore the file from version control";

type Fields = ReadonlyMap<string, unknown>;

/**
 * Reads a lock out of a parsed file. Each part is read as far as it can be, so that one run tells
 * everything that is wrong; while there are problems, the lock is not to be used.
 */
export class LockDocumentReader {
  private readonly collected: Problem[] = [];

  constructor(private readonly document: SourceDocument) {}

  get problems(): readonly Problem[] {
    return this.collected;
  }

  read(): Lock {
    const root = this.fields([], this.document.value);
    if (root === undefined || !this.checkVersion(root.get("version"))) {
      return { principals: {}, applied: {}, stacks: {} };
    }
    this.checkKeys([], root, ["version", "applied", "principals", "stacks", "terms"]);
    const principals = this.record(["principals"], root.get("principals"), (path, arn, value) => {
      this.checkArn(path, arn, "role or IAM user");
      return this.principal(path, arn, value);
    });
    this.checkShared(principals);
    return {
      principals,
      applied: this.record(["applied"], root.get("applied"), (path, arn, value) => {
        this.checkArn(path, arn, "role");
        return this.record(path, value, (each, principalArn, applied) => {
          this.checkArn(each, principalArn, "role or IAM user");
          return applied === "account" ? applied : this.uniqueId(each, principalArn, applied, true);
        });
      }),
      // A lock that was written by hand need not have them.
      stacks: root.has("stacks")
        ? this.record(["stacks"], root.get("stacks"), (path, _stack, value) =>
            this.accountId(path, value),
          )
        : {},
      ...(root.has("terms") && {
        terms: this.record(["terms"], root.get("terms"), (path, arn, value) => {
          this.checkArn(path, arn, "role");
          return this.record(path, value, (each, _key, digest) => this.digest(each, digest));
        }),
      }),
    };
  }

  private principal(path: DataPath, arn: string, value: unknown): ConfirmedPrincipal | undefined {
    const fields = this.fields(path, value);
    if (fields === undefined) return undefined;
    this.checkKeys(path, fields, ["uniqueId", "confirmedAt", "absent", "reopenedIn"]);
    const absent = this.absent([...path, "absent"], fields);
    const reopenedIn = this.reopenedIn([...path, "reopenedIn"], fields);
    return {
      uniqueId: this.uniqueId([...path, "uniqueId"], arn, fields.get("uniqueId")),
      confirmedAt: this.time([...path, "confirmedAt"], fields.get("confirmedAt")),
      ...(absent && { absent }),
      ...(reopenedIn && { reopenedIn }),
    };
  }

  private uniqueId(path: DataPath, arn: string, value: unknown, orAccount = false): string {
    if (typeof value === "string" && isUniqueIdOf(arn, value)) return value;
    // Of what is not a principal nothing can be said but that, and that was said.
    if (tryPrincipalKind(arn) !== undefined) {
      const expected = `${orAccount ? '"account" or ' : ""}${describeUniqueIdOf(arn)}`;
      this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    }
    return "";
  }

  private time(path: DataPath, value: unknown): string {
    if (typeof value === "string" && isUtcTime(value)) return value;
    const expected = "a UTC time such as 2026-11-23T10:00:00Z";
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return "";
  }

  private absent(path: DataPath, fields: Fields): true | undefined {
    const value = fields.get("absent");
    if (value === true) return value;
    if (fields.has("absent")) {
      this.error(path, {
        expected: "true, or no such key",
        found: showValue(value),
        remedy: RESTORE,
      });
    }
    return undefined;
  }

  private reopenedIn(path: DataPath, fields: Fields): readonly string[] | undefined {
    if (!fields.has("reopenedIn")) return undefined;
    const value = fields.get("reopenedIn");
    if (Array.isArray(value) && value.length > 0) {
      return value.map((id, index) => this.accountId([...path, index], id));
    }
    const expected = "a list of account IDs, or no such key";
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return undefined;
  }

  private digest(path: DataPath, value: unknown): string {
    if (typeof value === "string" && /^[0-9a-f]{16}$/.test(value)) return value;
    const expected = "a digest of 16 hexadecimal digits";
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return "";
  }

  private accountId(path: DataPath, value: unknown): string {
    if (typeof value === "string" && isAccountId(value)) return value;
    const expected = "an account ID, 12 digits in quotes";
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return "";
  }

  /** Of another version nothing else can be said. */
  private checkVersion(version: unknown): boolean {
    if (version === LOCK_VERSION) return true;
    const isNewer = typeof version === "number" && version > LOCK_VERSION;
    this.error(["version"], {
      expected: `the version ${LOCK_VERSION}`,
      found: showValue(version),
      remedy: isNewer ? "use the newer crosstrust that wrote the file" : RESTORE,
    });
    return false;
  }

  private checkArn(path: DataPath, arn: string, kind: "role" | "role or IAM user"): void {
    const found = tryPrincipalKind(arn);
    if (found === "role" || (found === "user" && kind !== "role")) return;
    const expected = `the ARN of one ${kind} (arn:aws:iam::111122223333:role/name)`;
    this.error(path, { expected, found: quote(arn), remedy: RESTORE }, "key");
  }

  private checkShared(principals: Lock["principals"]): void {
    const owners = new Map<string, string>();
    for (const [arn, { uniqueId, absent }] of Object.entries(principals)) {
      // An IAM user that is renamed keeps its ID, and leaves an entry that is marked absent.
      if (absent === true || uniqueId === "") continue;
      const owner = owners.get(uniqueId);
      if (owner === undefined) {
        owners.set(uniqueId, arn);
        continue;
      }
      const { line, column } = this.document.locate(["principals", owner], "key");
      this.error(["principals", arn, "uniqueId"], {
        expected: "a unique ID of its own, since AWS gives none to two principals",
        found: `${quote(uniqueId)}, which ${owner} has (line ${line}, column ${column})`,
        remedy: "take out the entry that is wrong, and run npx crosstrust confirm",
      });
    }
  }

  private checkKeys(path: DataPath, fields: Fields, known: readonly string[]): void {
    for (const key of fields.keys()) {
      if (known.includes(key)) continue;
      const closest = closestTo(key, known);
      const remedy = closest === undefined ? "take it out" : `write ${quote(closest)}`;
      const expected = `one of the keys ${known.join(", ")}`;
      this.error([...path, key], { expected, found: quote(key), remedy }, "key");
    }
  }

  /** The values of an object; those that could not be read are left out. */
  private record<T>(
    path: DataPath,
    value: unknown,
    read: (path: DataPath, key: string, value: unknown) => T | undefined,
  ): Readonly<Record<string, T>> {
    const entries = [...(this.fields(path, value) ?? [])].flatMap(([key, each]) => {
      const result = read([...path, key], key, each);
      return result === undefined ? [] : [[key, result] as const];
    });
    return Object.fromEntries(entries);
  }

  private fields(path: DataPath, value: unknown): Fields | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return new Map(Object.entries(value));
    }
    this.error(path, { expected: "an object", found: showValue(value), remedy: RESTORE });
    return undefined;
  }

  private error(path: DataPath, text: ProblemText, part: "key" | "value" = "value"): void {
    this.collected.push(inputError(this.document.locate(path, part), path, text));
  }
}

/** Whether a text is a time in UTC that exists: a date such as February 30 is moved by Date. */
function isUtcTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/.test(text)) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
}
