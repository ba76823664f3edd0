import fc from "fast-check";
import { formatPath } from "../../src/source/source-document";
import { quote, showValue } from "../../src/source/show-value";

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [true, "true"],
  [111122223333, "the number 111122223333"],
  ["a", '"a"'],
  ["", '""'],
  ['it\'s "a"', '"it\'s \\"a\\""'],
  [["a", 1], '["a", 1]'],
  [{ id: "1", tags: { a: "b" } }, '{"id": "1", "tags": {"a": "b"}}'],
  ["a".repeat(61), `"${"a".repeat(60)}"…`],
])("%j is shown as %s", (value, expected) => {
  expect(showValue(value)).toBe(expected);
});

test("what a terminal would act on is escaped", () => {
  expect(quote("a\u001b[31m\u202eb\u200b\u0085")).toBe('"a\\u001b[31m\\u202eb\\u200b\\u0085"');
});

test("any value is shown in a line that is not long, without anything a terminal acts on", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const shown = showValue(value);
      // Escapes are six characters for one.
      expect(shown.length).toBeLessThan(60 * 6 * 4);
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
    }),
  );
});

test.each([
  [[], ""],
  [["roles", "images", "trusts", 0, "role"], "roles.images.trusts[0].role"],
  [["roles", "my.role"], 'roles["my.role"]'],
  [["roles", ""], 'roles[""]'],
  [["my role", "a"], '["my role"].a'],
])("the path %j is written %s", (path, expected) => {
  expect(formatPath(path)).toBe(expected);
});
