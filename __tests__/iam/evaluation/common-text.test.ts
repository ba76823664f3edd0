import fc from "fast-check";
import { commonText } from "../../../src/iam/evaluation/common-text";
import { matchesPattern, parsePattern } from "../../../src/iam/evaluation/wildcard-pattern";

const LETTERS = fc.constantFrom("a", "b", ":");

/** A text, and a pattern that matches it: some of its letters open, some parts left out. */
const patternOf = (text: string) =>
  fc
    .array(fc.constantFrom("same", "?", "*", "*+"), {
      minLength: text.length,
      maxLength: text.length,
    })
    .map((parts) =>
      parts
        .map((part, index) => {
          if (part === "same") return text[index];
          return part === "*+" ? `${text[index]}*` : part;
        })
        .join(""),
    );

test("what two patterns have in common both match; and they have something where some text matches both", () => {
  const pairs = fc
    .string({ unit: LETTERS, maxLength: 8 })
    .chain((text) => fc.tuple(patternOf(text), patternOf(text)));
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      const text = commonText(one, other, "x");
      expect(text).toBeDefined();
      for (const pattern of [one, other]) {
        expect(matchesPattern(parsePattern(pattern), text ?? "")).toBe(true);
      }
    }),
  );
});

test("patterns that no text matches both have nothing in common", () => {
  const anyPattern = fc.string({ unit: fc.constantFrom("a", "b", "?", "*"), maxLength: 5 });
  const texts = ["", "a", "b"].flatMap((a) => ["", "a", "b"].flatMap((b) => [a, a + b]));
  fc.assert(
    fc.property(anyPattern, anyPattern, (one, other) => {
      const text = commonText(one, other, "a");
      const matches = (each: string): boolean =>
        [one, other].every((pattern) => matchesPattern(parsePattern(pattern), each));
      expect(text === undefined ? texts.some(matches) : !matches(text)).toBe(false);
    }),
  );
});

test.each([
  [
    "arn:aws:iam::*:role/app-*",
    "arn:aws:iam::100000000004:role/?*",
    "arn:aws:iam::100000000004:role/app-",
  ],
  [
    "arn:aws:iam::2*:role/evil",
    "arn:aws:iam::????????????:*",
    "arn:aws:iam::200000000000:role/evil",
  ],
  ["arn:aws:iam::*:role/evil", "arn:aws:iam::100000000004:user", undefined],
])("%s and %s: %s", (one, other, text) => {
  expect(commonText(one, other, "0")).toBe(text);
});
