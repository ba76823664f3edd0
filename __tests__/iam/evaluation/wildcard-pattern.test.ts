import fc from "fast-check";
import { matchesPattern, parsePattern } from "../../../src/iam/evaluation/wildcard-pattern";

describe("matchesPattern", () => {
  it("agrees with a regular expression", () => {
    const text = (letters: string): fc.Arbitrary<string> =>
      fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
    fc.assert(
      fc.property(text("ab*?."), text("ab."), (pattern, value) => {
        const source = pattern.replace(/\./g, "\\.").replace(/\*/g, ".*").replace(/\?/g, ".");
        expect(matchesPattern(parsePattern(pattern), value)).toBe(
          new RegExp(`^${source}$`).test(value),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it("takes a pattern without wildcards literally", () => {
    expect(matchesPattern(parsePattern("a.c"), "a.c")).toBe(true);
    expect(matchesPattern(parsePattern("a.c"), "abc")).toBe(false);
  });

  it("answers at once on a pattern that makes regular expressions run for years", () => {
    expect(matchesPattern(parsePattern("*a".repeat(200) + "b"), "a".repeat(2000))).toBe(false);
  });
});
