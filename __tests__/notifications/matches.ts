import type { EventPattern, FieldPattern } from "../../src/notifications/event-patterns";

/** An event, or a part of one. */
export type EventPart = Readonly<Record<string, unknown>>;

/**
 * Whether an event matches a pattern, as EventBridge decides (User Guide, "Amazon EventBridge event patterns"):
 * every field of the pattern must be there and have one of the values; of a field that is a list, one of its
 * items must.
 */
export function matches(event: EventPart, pattern: EventPattern): boolean {
  return Object.entries(pattern).every(([field, wanted]) =>
    isValues(wanted)
      ? asArray(event[field]).some((value) => wanted.some((each) => fits(value, each)))
      : asArray(event[field]).some((inner) => isPart(inner) && matches(inner, wanted)),
  );
}

function fits(value: unknown, wanted: FieldPattern): boolean {
  if (typeof wanted === "string") return value === wanted;
  if ("prefix" in wanted) return typeof value === "string" && value.startsWith(wanted.prefix);
  return value !== null && value !== wanted["anything-but"];
}

function isValues(
  wanted: EventPattern | readonly FieldPattern[],
): wanted is readonly FieldPattern[] {
  return Array.isArray(wanted);
}

function isPart(value: unknown): value is EventPart {
  return typeof value === "object" && value !== null;
}

/** A field that is not there has no value, so nothing matches it, not even `anything-but`. */
function asArray(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
