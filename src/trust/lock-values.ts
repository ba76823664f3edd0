import { closestTo } from "../source/closest";
import { type ProblemText, inputError } from "../source/input-error";
import type { Problem } from "../source/problem";
import { quote, showValue } from "../source/show-value";
import type { DataPath, SourceDocument } from "../source/source-document";
import { isUtcTime } from "./utc-time";

/** What to do about a value of a lock that cannot be. */
export const RESTORE = "correct it, or restore the file from version control";

/** The fields of an object of a lock, by name. */
export type Fields = ReadonlyMap<string, unknown>;

/** Reads texts and objects out of a lock, and collects what is wrong with them. */
export class LockValues {
  private readonly collected: Problem[] = [];

  constructor(private readonly document: SourceDocument) {}

  get problems(): readonly Problem[] {
    return this.collected;
  }

  /** A text of a form; the empty text where it is another, which is told. */
  text(
    path: DataPath,
    value: unknown,
    isRight: (text: string) => boolean,
    expected: string,
  ): string {
    if (typeof value === "string" && isRight(value)) return value;
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return "";
  }

  /** A UTC time; the empty text where it is none, which is told. */
  time(path: DataPath, value: unknown): string {
    return this.text(path, value, isUtcTime, "a UTC time such as 2026-11-23T10:00:00Z");
  }

  /** A list of texts; empty where it is another value, which is told. */
  texts(path: DataPath, value: unknown): readonly string[] {
    if (!Array.isArray(value)) {
      this.error(path, {
        expected: "a list of texts",
        found: showValue(value),
        remedy: RESTORE,
      });
      return [];
    }
    return value.map((each, index) =>
      this.text([...path, index], each, (text) => text !== "", "a text"),
    );
  }

  /** A key that is true, or not there. */
  mark(path: DataPath, fields: Fields, key: string): true | undefined {
    const value = fields.get(key);
    if (value === true) return value;
    if (fields.has(key)) {
      const expected = "true, or no such key";
      this.error([...path, key], { expected, found: showValue(value), remedy: RESTORE });
    }
    return undefined;
  }

  /** A whole number from 0 on; 0 where it is another value, which is told. */
  count(path: DataPath, value: unknown): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    const expected = "a whole number, 0 or more";
    this.error(path, { expected, found: showValue(value), remedy: RESTORE });
    return 0;
  }

  /** Reports keys that nothing knows, with the closest known one. */
  checkKeys(path: DataPath, fields: Fields, known: readonly string[]): void {
    for (const key of fields.keys()) {
      if (known.includes(key)) continue;
      const closest = closestTo(key, known);
      const remedy = closest === undefined ? "take it out" : `write ${quote(closest)}`;
      const expected = `one of the keys ${known.join(", ")}`;
      this.error([...path, key], { expected, found: quote(key), remedy }, "key");
    }
  }

  /** The values of an object; those that could not be read are left out. */
  record<T>(
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

  /** The fields of an object; undefined where it is none, which is told. */
  fields(path: DataPath, value: unknown): Fields | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return new Map(Object.entries(value));
    }
    this.error(path, { expected: "an object", found: showValue(value), remedy: RESTORE });
    return undefined;
  }

  error(path: DataPath, text: ProblemText, part: "key" | "value" = "value"): void {
    this.collected.push(inputError(this.document.locate(path, part), path, text));
  }
}
