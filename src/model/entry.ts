import type { Location, Problem } from "../source/problem";
import type { DataPath, SourceDocument } from "../source/source-document";
import { zodProblems } from "../source/zod-problems";
import type { z } from "zod";

/** A part of an accounts file that was read, and where it stands. */
export interface Entry<T> {
  readonly name: string;
  readonly value: T;
  /** In its file: `["roles", "images"]`. */
  readonly path: DataPath;
  /** Whether something of it was left out because it was wrong: what depends on it is not judged. */
  readonly isPartial: boolean;
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
  if (parsed.success) return { entry: entryOf(document, path, parsed.data, false), problems: [] };
  const problems = zodProblems(document, path, parsed.error.issues);
  const rest = schema.safeParse(withoutWrongKeys(value, parsed.error.issues));
  return rest.success
    ? { entry: entryOf(document, path, rest.data, true), problems }
    : { problems };
}

function entryOf<T>(
  document: SourceDocument,
  path: DataPath,
  value: T,
  isPartial: boolean,
): Entry<T> {
  return {
    name: String(path.at(-1) ?? ""),
    value,
    path,
    isPartial,
    at: (inner, part) => document.locate([...path, ...inner], part),
  };
}

function withoutWrongKeys(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const wrong = new Set(
    issues.flatMap((issue) =>
      issue.path.length > 0
        ? [String(issue.path[0])]
        : issue.code === "unrecognized_keys"
          ? issue.keys
          : [],
    ),
  );
  return Object.fromEntries(Object.entries(value).filter(([key]) => !wrong.has(key)));
}
