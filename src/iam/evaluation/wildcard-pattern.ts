/** A text in which `*` stands for any characters and `?` for exactly one. */
export type WildcardPattern =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "wildcards"; readonly codes: readonly number[] };

/** Stands in a pattern's codes for any characters, none included. */
const ANY = -1;
/** Stands in a pattern's codes for exactly one character. */
const ONE = -2;

/** The codes of a text taken literally, wildcards included. */
export function literalCodes(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** The codes of a text in which `*` and `?` are wildcards. */
export function wildcardCodes(text: string): readonly number[] {
  return literalCodes(text).map((code) => {
    if (code === STAR) return ANY;
    return code === QUESTION_MARK ? ONE : code;
  });
}

/** A pattern of these codes: a plain text where no wildcard is among them. */
export function patternOfCodes(codes: readonly number[]): WildcardPattern {
  if (codes.some((code) => code < 0)) return { kind: "wildcards", codes };
  return { kind: "literal", text: String.fromCharCode(...codes) };
}

/** Reads a text in which `*` and `?` are wildcards. */
export function parsePattern(text: string): WildcardPattern {
  return hasWildcard(text)
    ? { kind: "wildcards", codes: wildcardCodes(text) }
    : { kind: "literal", text };
}

/** Whether `*` or `?` stands anywhere in the text. */
export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/**
 * Whether the whole text fits the pattern, case-sensitively. Takes at most length of text times
 * length of pattern steps: a regular expression would be exponential on hostile policies.
 */
export function matchesPattern(pattern: WildcardPattern, text: string): boolean {
  if (pattern.kind === "literal") return pattern.text === text;
  const { codes } = pattern;
  let at = 0;
  let code = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (code < codes.length && codes[code] === ANY) {
      lastAny = code++;
      resumeAt = at;
    } else if (
      code < codes.length &&
      (codes[code] === ONE || codes[code] === text.charCodeAt(at))
    ) {
      code++;
      at++;
    } else if (lastAny >= 0) {
      code = lastAny + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (code < codes.length && codes[code] === ANY) code++;
  return code === codes.length;
}

const STAR = "*".charCodeAt(0);
const QUESTION_MARK = "?".charCodeAt(0);
