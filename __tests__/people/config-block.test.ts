import { mergeBlock } from "../../src/people/config-block";
import cases from "./cases/config-block.json";

const OWNER = "arn:aws:iam::100000000001:user/alice";
const MARKS: Readonly<Record<string, string>> = {
  BEGIN: `# >>> crosstrust: profiles of ${OWNER} >>>`,
  NOTE: "# Written by npx crosstrust profiles: changes between these marks are lost.",
  END: `# <<< crosstrust: profiles of ${OWNER} <<<`,
};

interface Case {
  readonly rule: string;
  readonly before: readonly string[];
  readonly body: string;
  readonly after?: readonly string[];
  /** Where it is refused. */
  readonly line?: number;
}

const CASES: readonly Case[] = cases;

function textOf(lines: readonly string[], eol: string): string {
  return lines.map((line) => (MARKS[line] ?? line) + eol).join("");
}

function merge(text: string, body: string) {
  return mergeBlock(text, { owner: OWNER, names: body === "" ? [] : ["a/b"], body });
}

describe.each([
  ["lines that end in LF", "\n"],
  ["lines that end in CRLF", "\r\n"],
])("the block, in %s", (_, eol) => {
  // In an empty file there are no lines to go by.
  test.each(CASES.filter(({ before }) => eol === "\n" || before.length > 0))(
    "$rule",
    ({ before, body, after, line }) => {
      const merged = merge(textOf(before, eol), body);

      expect("text" in merged ? merged.text : merged.line).toBe(
        after === undefined ? line : textOf(after, eol),
      );
    },
  );
});

test("a last line without an end gets one, and is left as it is otherwise", () => {
  const merged = merge("[default]\nregion = eu-west-1", "[profile a/b]");

  expect("text" in merged && merged.text).toBe(
    `[default]\nregion = eu-west-1\n\n${textOf(["BEGIN", "NOTE", "[profile a/b]", "END"], "\n")}`,
  );
});

test("the same block again changes nothing", () => {
  const once = merge("[default]\n", "[profile a/b]");

  expect(merge("text" in once ? once.text : "", "[profile a/b]")).toEqual(once);
});
