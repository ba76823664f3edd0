import { fitColumns } from "../../src/cli/fit-columns";

const ROWS = [
  ["trusting", "stage", "lets in"],
  ["security/crosstrust-execution", "account", "the role of that name, founder"],
];

describe("a table on a terminal", () => {
  test.each([40, 50, 60, 71])("of %i columns has no wider line, and all of its text", (width) => {
    const fitted = fitColumns(ROWS, width, 2);
    for (const row of fitted) {
      const widths = row.map((_, column) =>
        Math.max(...fitted.flatMap((each) => each[column].split("\n").map(({ length }) => length))),
      );
      expect(widths.reduce((sum, each) => sum + each + 2, -2)).toBeLessThanOrEqual(width);
    }
    const text = fitted.map((row) => row.map((cell) => cell.replaceAll(/\s/g, "")));
    expect(text).toEqual(ROWS.map((row) => row.map((cell) => cell.replaceAll(/\s/g, ""))));
  });

  test("breaks after spaces and what joins the parts of a name, and indents what goes on", () => {
    expect(fitColumns(ROWS, 51, 2)[1]).toEqual([
      "security/crosstrust-\n  execution",
      "account",
      "the role of that\n  name, founder",
    ]);
  });

  test("breaks a part of a name that is longer than the column", () => {
    expect(fitColumns([["a".repeat(30), "b".repeat(5)]], 22, 2)).toEqual([
      [`${"a".repeat(13)}\n  ${"a".repeat(13)}\n  aaaa`, "bbbbb"],
    ]);
  });

  test("does not count colours, and keeps them", () => {
    const colored = [["\u001b[33mwaiting\u001b[39m", "x".repeat(33)]];
    expect(fitColumns(colored, 42, 2)).toBe(colored);
    expect(fitColumns(colored, 32, 2)[0][0]).toBe(colored[0][0]);
  });

  test.each([72, 200])("that fits into %i columns stays as it is", (width) => {
    expect(fitColumns(ROWS, width, 2)).toBe(ROWS);
  });

  test.each([0, 20])("of %i columns is left to the terminal", (width) => {
    expect(fitColumns(ROWS, width, 2)).toBe(ROWS);
  });
});
