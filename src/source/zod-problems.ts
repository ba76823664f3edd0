import type { z } from "zod";
import { closestTo } from "./closest";
import type { Problem } from "./problem";
import { showValue } from "./show-value";
import { formatPath, type DataPath, type SourceDocument } from "./source-document";

type Issue = z.core.$ZodIssue;

/** Parts of a schema's message, for `expecting` and `closedObject`. */
const SEPARATOR = "\n";

/** The message of a field: what is expected there, and what to do. */
export function expecting(expected: string, remedy: string): string {
  return [expected, remedy].join(SEPARATOR);
}

/** The message of an object for keys that it does not know. */
export function knownKeys(keys: readonly string[]): string {
  return keys.join(SEPARATOR);
}

/** Problems of a value in a document, from what its schema found. */
export function zodProblems(
  document: SourceDocument,
  base: DataPath,
  issues: readonly Issue[],
): readonly Problem[] {
  const seen = new Set<string>();
  return issues
    .flatMap(flatten)
    .flatMap((issue) => problemsOf(document, base, issue))
    .filter(({ path, expected }) => {
      const key = JSON.stringify([path, expected]);
      return !seen.has(key) && seen.add(key);
    });
}

/** The issues of a union are those of the variant that the value comes nearest to. */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const nearest = [...issue.errors].sort((a, b) => distance(a) - distance(b))[0];
  return nearest
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap(flatten);
}

/** How far a value is from a variant: another type is farthest, then missing and unknown keys. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.path.length === 0 && issue.code === "invalid_type") return sum + 100;
    if (issue.code === "unrecognized_keys") return sum + 2 * issue.keys.length;
    return sum + (issue.path.length <= 1 ? 3 : 1);
  }, 0);
}

function problemsOf(document: SourceDocument, base: DataPath, issue: Issue): readonly Problem[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? "" : part))];
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(SEPARATOR);
    return issue.keys.map((key) => unknownKey(document, [...path, key], key, known));
  }
  const isKey = issue.code === "invalid_key";
  const inner = isKey ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const [expected, remedy] = inner.split(SEPARATOR);
  const found = isKey ? String(path.at(-1)) : valueAt(document.value, path);
  return [
    {
      severity: "error",
      location: document.locate(path, isKey ? "key" : "value"),
      path: formatPath(path),
      expected: remedy === undefined ? plainExpectation(issue) : expected,
      found: showValue(found),
      remedy: remedy ?? (found === undefined ? "add it" : "correct it"),
    },
  ];
}

function unknownKey(
  document: SourceDocument,
  path: DataPath,
  key: string,
  known: readonly string[],
): Problem {
  const closest = closestTo(key, known);
  return {
    severity: "error",
    location: document.locate(path, "key"),
    path: formatPath(path),
    expected: `one of the keys ${known.join(", ")}`,
    found: showValue(key),
    remedy:
      closest === undefined
        ? "take it out; free text goes under notes"
        : `write ${JSON.stringify(closest)} if that is meant`,
  };
}

/** What an issue without a text of ours expects. */
function plainExpectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object { … }",
  record: "an object { … }",
  array: "a list [ … ]",
};

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return typeof part === "number" ? value[part] : undefined;
    if (typeof value !== "object" || value === null) return undefined;
    return new Map<string, unknown>(Object.entries(value)).get(String(part));
  }, data);
}
