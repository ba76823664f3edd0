import { parseTemplate, tryParseTraversal, type Traversal } from "../estate/template";
import { tryKnownText, type ResolvedText } from "../estate/resolved-text";
import { isJsonObject } from "../estate/terraform-json";

/** The arguments or attributes of a resource. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A value that is not known, before the apply or at all; the rest of its text is. */
export class UnknownValue {
  constructor(
    readonly text: ResolvedText,
    /** Whether it comes from a resource that is to be created or changed: Terraform expects a change. */
    readonly pending: boolean,
  ) {}

  /** As it is written in the stack, `${…}` and all. */
  toString(): string {
    return this.text
      .map((part) => (typeof part === "string" ? part : `\${${part.expression}}`))
      .join("");
  }
}

/** Finds what a reference refers to: a value, or UnknownValue. */
export type Lookup = (reference: Traversal) => unknown;

/**
 * A value of the stack with its references resolved and its escapes (`$${`, `%%{`) undone. What is
 * not a plain reference (functions, conditions, indices) becomes an UnknownValue.
 */
export function resolveValue(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return resolveText(value, lookup);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, lookup));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      String(resolveText(key, lookup)),
      resolveValue(item, lookup),
    ]),
  );
}

function resolveText(text: string, lookup: Lookup): unknown {
  if (!/[$%]\{/.test(text)) return text;
  const parts = parseTemplate(text);
  const values = parts.map((part) => {
    if (part.kind === "text") return part.text;
    const reference = tryParseTraversal(part.expression);
    return reference === undefined ? notPlain(part.expression) : lookup(reference);
  });
  if (values.length === 1) return values[0];
  const resolved = values.flatMap((value, index): ResolvedText => {
    if (value instanceof UnknownValue) return value.text;
    const part = parts[index];
    return typeof value === "object" || value === undefined
      ? [{ expression: part.kind === "expression" ? part.expression : "", reason: "not a text" }]
      : [String(value)];
  });
  const pending = values.some((value) => value instanceof UnknownValue && value.pending);
  return tryKnownText(resolved) ?? new UnknownValue(resolved, pending);
}

function notPlain(expression: string): UnknownValue {
  const reason = "not a plain reference: only Terraform can evaluate it";
  return new UnknownValue([{ expression, reason }], false);
}

/** Every unknown value in a value, however deep. */
export function unknownsIn(value: unknown): readonly UnknownValue[] {
  if (value instanceof UnknownValue) return [value];
  if (Array.isArray(value)) return value.flatMap(unknownsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(unknownsIn) : [];
}

/** The value with every unknown one in it spelled as it is written in the stack. */
export function spellUnknowns(value: unknown): unknown {
  if (value instanceof UnknownValue) return value.toString();
  if (Array.isArray(value)) return value.map(spellUnknowns);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spellUnknowns(item)]));
}

/** A text that two values share exactly when they are equal; the order of keys does not matter. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(spellUnknowns(value) ?? null, (_key, part: unknown) =>
    isJsonObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
