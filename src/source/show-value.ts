/** Longest text of a value in a message, in characters. */
const MAX_SHOWN = 60;

/** Control and direction characters that could forge or garble a line of a terminal. */
const UNPRINTABLE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A text in quotes, as JSON writes it, with everything escaped that a terminal would act on. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A value as a message shows what was found: JSON, shortened. `nothing` for undefined; numbers say
 * that they are numbers, since a number in place of a quoted text is the mistake to be seen.
 */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return `the number ${value}`;
  return json(value, MAX_SHOWN);
}

/** JSON of at most about `budget` characters; never walks more of the value than it shows. */
function json(value: unknown, budget: number): string {
  if (typeof value === "string") {
    return value.length <= budget ? quote(value) : `${quote(value.slice(0, budget))}…`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? "[]" : "{}";
  const parts: string[] = [];
  let left = budget - 2;
  for (const [key, item] of Object.entries(value)) {
    if (left <= 0) {
      parts.push("…");
      break;
    }
    const part = isList ? json(item, left) : `${quote(key)}: ${json(item, left - key.length - 4)}`;
    parts.push(part);
    left -= part.length + 2;
  }
  return `${open}${parts.join(", ")}${close}`;
}
