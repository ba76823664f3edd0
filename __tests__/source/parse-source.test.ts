import fc from "fast-check";
import { parseSource } from "../../src/source/parse-source";
import { formatProblem } from "../../src/source/problem";
import type { DataPath } from "../../src/source/source-document";
import jsonMistakes from "./parse-json.json";
import yamlMistakes from "./parse-yaml.json";

/** The problems of a text, without the file's name at their beginning. */
function problems(file: string, text: string): readonly string[] {
  return parseSource(file, text).problems.map((each) => formatProblem(each).slice(file.length + 1));
}

function value(file: string, ...lines: readonly string[]): unknown {
  const { document, problems: found } = parseSource(file, lines.join("\n"));
  expect(found).toEqual([]);
  return document?.value;
}

describe("JSON is refused with", () => {
  test.each(jsonMistakes)("$name", ({ text, problems: expected }) => {
    expect(problems("f.json", `${text.join("\n")}\n`)).toEqual(expected);
    expect(expected).not.toEqual([]);
  });
});

describe("YAML is refused with", () => {
  test.each(yamlMistakes)("$name", ({ text, problems: expected }) => {
    expect(problems("f.yaml", `${text.join("\n")}\n`)).toEqual(expected);
    expect(expected).not.toEqual([]);
  });
});

test.each([
  ["closing brackets", "}".repeat(1_000), "1:102"],
  ["directives", "%FOO\n".repeat(1_000), "101:5"],
])("YAML of nothing but %s is given up early: each would cost much", (_, text, place) => {
  expect(problems("f.yaml", text)).toEqual([
    `${place}: expected a YAML file, found more than 100 signs or directives that mean nothing here, do: check whether this is the right file`,
  ]);
});

test("a file of another ending is refused", () => {
  expect(problems("accounts.toml", "x")).toEqual([
    "1:1: expected a file whose name ends in .json, .yaml or .yml, found accounts.toml, do: rename the file after what it holds",
  ]);
});

describe("nesting", () => {
  const nested = (open: string, close: string, depth: number) =>
    open.repeat(depth) + close.repeat(depth);
  const tooDeep = (place: string) => [
    expect.stringMatching(
      new RegExp(
        `^${place}.*: expected at most 64 levels of lists and objects inside each other, found more, do: check whether this is the right file$`,
      ),
    ),
  ];

  test.each([
    ["JSON lists", "f.json", "[", "]", 64],
    ["JSON objects", "f.json", '{"a":', "}", 320],
    ["YAML lists", "f.yaml", "[", "]", 64],
    ["YAML objects", "f.yaml", "{a: ", "}", 256],
  ])("of 10,000 %s is refused where it passes the limit", (_, file, open, close, column) => {
    const text = nested(open, close, 10_000);
    const [found, ...more] = problems(file, text);

    expect([found]).toEqual(tooDeep("1:"));
    expect(more).toEqual([]);
    expect(Number(/^1:(\d+)/.exec(found)?.[1])).toBeGreaterThan(column);
    expect(Number(/^1:(\d+)/.exec(found)?.[1])).toBeLessThan(column * 1.3);
  });

  test.each([
    ["block lists of YAML", "- ".repeat(10_000)],
    [
      "block mappings of YAML",
      Array.from({ length: 2_000 }, (_, level) => `${" ".repeat(level)}a:\n`).join(""),
    ],
    ["explicit keys of YAML", "? ".repeat(10_000)],
    ["flow lists of YAML that never close", "[".repeat(10_000)],
  ])("of many %s is refused", (_, text) => {
    expect(problems("f.yaml", text)).toEqual(tooDeep("\\d+:\\d+"));
  });

  test("of lists that never close is refused in JSON", () => {
    expect(problems("f.json", "[".repeat(10_000))).toEqual(tooDeep("1:65"));
  });

  test.each(["f.json", "f.yaml"])("of 64 levels is read in %s, of 65 refused", (file) => {
    expect(problems(file, nested("[", "]", 64))).toEqual([]);
    expect(problems(file, nested("[", "]", 65))).toEqual(tooDeep("1:"));
  });

  test("does not count brackets in texts", () => {
    expect(
      problems("f.json", JSON.stringify(["[".repeat(100), '"{"['.repeat(100), "\\["])),
    ).toEqual([]);
  });

  test("of aliases of aliases is refused before it fills the memory", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 12; level += 1) {
      const before = `*a${level - 1}`;
      lines.push(`a${level}: &a${level} [${Array(10).fill(before).join(", ")}]`);
    }

    expect(problems("f.yaml", lines.join("\n"))).toEqual([
      expect.stringContaining("expected aliases that repeat at most 200000 values in all"),
    ]);
  });
});

describe("YAML values", () => {
  test.each([
    ["a: 011122223333", "011122223333"],
    ["a: 111122223333", "111122223333"],
    ["a: 000000000000", "000000000000"],
    ['a: "111122223333"', "111122223333"],
    ["a: 012", "012"],
    ["a: 0o17", "0o17"],
    ["a: 0x1F", "0x1F"],
    ["a: .inf", ".inf"],
    ["a: 3600", 3600],
    ["a: 1.5", 1.5],
    ["a: 11112222333", 11112222333],
    ["a: yes", "yes"],
    ["a: true", true],
    ["a: null", null],
    ["a: ~", null],
    ["a:", null],
    ["a: 2026-11-23", "2026-11-23"],
    ["a: '*'", "*"],
  ])("%j is %j", (text, expected) => {
    expect(value("f.yaml", text)).toEqual({ a: expected });
  });

  test("keep leading zeros also under a directive of YAML 1.1", () => {
    expect(value("f.yaml", "%YAML 1.1", "---", "a: 011122223333")).toEqual({ a: "011122223333" });
  });

  test("keep account ids that are keys", () => {
    expect(value("f.yaml", "011122223333: a", "444455556666: b")).toEqual({
      "011122223333": "a",
      "444455556666": "b",
    });
  });

  test("come from anchors and merges, where a mapping's own keys win", () => {
    const text = ["base: &base { a: 1, b: 2 }", "role:", "  <<: *base", "  b: 3", "copy: *base"];

    expect(value("f.yaml", ...text)).toEqual({
      base: { a: 1, b: 2 },
      role: { a: 1, b: 3 },
      copy: { a: 1, b: 2 },
    });
  });
});

const json = fc
  .jsonValue({ maxDepth: 4 })
  .filter((each) => !JSON.stringify(each).includes("__proto__"));

test("what is written as JSON is read as it was", () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 2, "\t"), (data, indent) => {
      expect(value("f.json", JSON.stringify(data, undefined, indent))).toEqual(
        JSON.parse(JSON.stringify(data)),
      );
    }),
  );
});

test("JSON reads the same as YAML, but for account ids without quotes", () => {
  const withoutIds = json.filter(
    (each) => !/(?<!\d)\d{12}(?!\d)|e[+-]?\d/i.test(JSON.stringify(each)),
  );
  fc.assert(
    fc.property(withoutIds, (data) => {
      const text = JSON.stringify(data);
      expect(value("f.yaml", text)).toEqual(value("f.json", text));
    }),
  );
});

test("every value is located where it begins, whatever is around it", () => {
  fc.assert(
    fc.property(json, fc.constantFrom("\n", "\r\n", "\r"), (data, lineEnd) => {
      const text = JSON.stringify(data, undefined, 2).replaceAll("\n", lineEnd);
      const { document } = parseSource("f.json", text);
      const lines = text.split(lineEnd);
      for (const [path, leaf] of leaves(data, [])) {
        const place = document?.locate(path);
        const rest = lines[(place?.line ?? 0) - 1].slice((place?.column ?? 0) - 1);
        expect(rest.startsWith(JSON.stringify(leaf))).toBe(true);
      }
    }),
  );
});

/** Every text, number, boolean and null in data, with its path. */
function leaves(data: unknown, path: DataPath): readonly (readonly [DataPath, unknown])[] {
  if (Array.isArray(data)) return data.flatMap((item, index) => leaves(item, [...path, index]));
  if (typeof data === "object" && data !== null) {
    return Object.entries(data).flatMap(([key, item]) => leaves(item, [...path, key]));
  }
  return [[path, data]];
}

test("no text makes the parsers fail otherwise than with problems", () => {
  const tokens = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    "a",
    " ",
    "\n",
    "- ",
    "&x ",
    "*x",
    "<<",
    "0",
    "1",
    "\t",
    "#",
    "|",
    ">",
    "!",
    "%",
    "'",
    "\\",
    "? ",
    "---",
    "\ufeff",
  );
  fc.assert(
    fc.property(
      fc.array(tokens, { maxLength: 30 }),
      fc.constantFrom("f.json", "f.yaml"),
      (parts, file) => {
        const { document, problems: found } = parseSource(file, parts.join(""));
        expect(document !== undefined || found.length > 0).toBe(true);
        for (const { location } of found) expect(location.line).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000 },
  );
});
