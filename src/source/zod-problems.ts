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

/** What a schema's message says of a wrong value. */
export function expectationOf(message: string): Expectation {
  const [expected, remedy = "correct it"] = message.split(SEPARATOR);
  return { expected, remedy };
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
  const flat = issues.flatMap(flatten);
  const misspelt = new Set(flat.flatMap(misspeltPaths));
  const seen = new Set<string>();
  return flat
    .filter(({ path }) => !misspelt.has(JSON.stringify(path)))
    .flatMap((issue) => problemsOf(document, base, issue))
    .filter(({ path, expected }) => {
      const key = JSON.stringify([path, expected]);
      return !seen.has(key) && seen.add(key);
    });
}

/** Paths of keys that are there under a misspelt name: that they are missing need not be told. */
function misspeltPaths(issue: Issue): readonly string[] {
  if (issue.code !== "unrecognized_keys") return [];
  const known = issue.message.split(SEPARATOR);
  return issue.keys.flatMap((key) => {
    const meant = closestTo(key, known);
    return meant === undefined ? [] : [JSON.stringify([...issue.path, meant])];
  });
}

/**
 * The issues of a union are those of the variant that the value comes nearest to, or the union's own
 * text where the value is of no variant's type.
 */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const nearest = [...issue.errors].sort((a, b) => distance(a) - distance(b))[0];
  if (issue.message.includes(SEPARATOR) && nearest.some(isOfAnotherType)) return [issue];
  return nearest
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .flatMap(flatten);
}

function isOfAnotherType({ code, path }: Issue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
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
  const own = inner.includes(SEPARATOR) ? expectationOf(inner) : undefined;
  const found = isKey ? String(path.at(-1)) : valueAt(document.value, path);
  const { expected, remedy } = own ?? plainExpectation(issue, found);
  return [
    {
      severity: "error",
      location: document.locate(path, isKey ? "key" : "value"),
      path: formatPath(path),
      expected,
      found: showValue(found),
      remedy: found === undefined ? "add it" : remedy,
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
        ? `take it out${known.includes("notes") ? "; free text goes under notes" : ""}`
        : `write ${JSON.stringify(closest)} if that is meant`,
  };
}

type Expectation = Pick<Problem, "expected" | "remedy">;

/** What an issue without a text of ours expects. */
function plainExpectation(issue: Issue, found: unknown): Expectation {
  switch (issue.code) {
    case "invalid_type":
      return TYPES.get(issue.expected) ?? { expected: issue.expected, remedy: "correct it" };
    case "invalid_value":
      return oneOf(
        issue.values.map((value) => JSON.stringify(value)),
        found,
      );
    case "too_small":
      return limit("at least", issue.minimum, issue.origin);
    case "too_big":
      return limit("at most", issue.maximum, issue.origin);
    default:
      return { expected: issue.message, remedy: "correct it" };
  }
}

function oneOf(values: readonly string[], found: unknown): Expectation {
  const meant = typeof found === "string" ? closestTo(JSON.stringify(found), values) : undefined;
  return {
    expected: values.length === 1 ? values[0] : `one of ${values.join(", ")}`,
    remedy: meant === undefined ? "write what is expected" : `write ${meant} if that is meant`,
  };
}

function limit(relation: string, value: number | bigint, origin: string): Expectation {
  return origin === "array"
    ? { expected: `a list of ${relation} ${value}`, remedy: "correct the list" }
    : { expected: `${relation} ${value}`, remedy: "write a number within that limit" };
}

const TYPES: ReadonlyMap<string, Expectation> = new Map([
  ["string", { expected: "text in quotes", remedy: "write it in quotes" }],
  ["number", { expected: "a number", remedy: "write a number without quotes" }],
  ["int", { expected: "a whole number", remedy: "write a whole number without quotes" }],
  ["boolean", { expected: "true or false", remedy: "write true or false without quotes" }],
  ["object", { expected: "an object { … }", remedy: "write it in braces" }],
  ["record", { expected: "an object { … }", remedy: 'write { "name": … } for each' }],
  ["array", { expected: "a list [ … ]", remedy: "write it in brackets, as a list" }],
]);

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    const member: unknown = Reflect.get(value, part);
    return member;
  }, data);
}
