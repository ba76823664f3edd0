import type { z } from "zod";
import type { Location, Problem } from "../../source/problem";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { zodProblems } from "../../source/zod-problems";

/** A part of an accounts file that was read, and where it stands. */
export interface Entry<T> {
  readonly name: string;
  readonly value: T;
  /** In its file: `["roles", "images"]`. */
  readonly path: DataPath;
  /** Keys that were left out because they were wrong: what depends on them is not judged. */
  readonly leftOut: ReadonlySet<string>;
  /** Where a part of it stands; `path` begins at the entry. */
  at(path: DataPath, part?: "key" | "value"): Location;
}

/** An entry, or none where nothing of it could be used; and what is wrong with it. */
export interface ParsedEntry<T> {
  readonly entry?: Entry<T>;
  readonly problems: readonly Problem[];
}

/**
 * Parses a part of a document by its schema. Where some keys of it are wrong the rest is still
 * given, so that what refers to it is not reported as well.
 */
export function parseEntry<T>(
  document: SourceDocument,
  path: DataPath,
  value: unknown,
  schema: z.ZodType<T>,
): ParsedEntry<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return { entry: entryOf(document, path, parsed.data, new Set()), problems: [] };
  }
  const problems = zodProblems(document, path, parsed.error.issues);
  const wrong = wrongKeys(parsed.error.issues);
  const rest = schema.safeParse(without(value, wrong));
  return rest.success
    ? { entry: entryOf(document, path, rest.data, wrong), problems }
    : { problems };
}

/** An entry of these keys, whatever stands in the file. */
export function entryOf<T>(
  document: SourceDocument,
  path: DataPath,
  value: T,
  leftOut: ReadonlySet<string>,
): Entry<T> {
  return {
    name: String(path.at(-1) ?? ""),
    value,
    path,
    leftOut,
    at: (inner, part) => document.locate([...path, ...inner], part),
  };
}

function wrongKeys(issues: readonly z.core.$ZodIssue[]): ReadonlySet<string> {
  return new Set(
    issues.flatMap((issue) =>
      issue.path.length > 0
        ? [String(issue.path[0])]
        : issue.code === "unrecognized_keys"
          ? issue.keys
          : [],
    ),
  );
}

function without(value: unknown, keys: ReadonlySet<string>): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
}
