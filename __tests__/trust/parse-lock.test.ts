import { ProblemsError, formatProblem } from "../../src/source/problem";
import { parseLock } from "../../src/trust/parse-lock";
import cases from "./parse-lock.json";

const FILE = "trust.lock.json";
const CI = "arn:aws:iam::111122223333:role/ci";
const CONFIRMED = { uniqueId: "AROAEXAMPLEEXAMPLE01", confirmedAt: "2026-11-23T10:00:00Z" };

/** The problems as a user sees them, without the file's name. */
function problems(text: string): readonly string[] {
  try {
    parseLock(FILE, text);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map((problem) => {
      expect(problem).toMatchObject({ severity: "error", location: { file: FILE } });
      return formatProblem(problem).slice(FILE.length + 1);
    });
  }
}

describe("a lock edited by hand fails with", () => {
  test.each(cases)("$name", ({ text, problems: expected }) => {
    expect(problems(`${text.join("\n")}\n`)).toEqual(expected);
    expect(expected).not.toEqual([]);
  });

  test("the line of a conflict, also with the line ends of Windows", () => {
    expect(problems('{\r\n  "version": 1,\r\n<<<<<<< HEAD\r\n}')).toEqual([
      expect.stringMatching(/^3:1: .* found "<<<<<<< HEAD", do: resolve the conflict/),
    ]);
  });
});

describe("a lock edited by hand is read", () => {
  const lock = (rest: object) =>
    JSON.stringify({ version: 1, principals: {}, applied: {}, ...rest });

  test("without stacks", () => {
    expect(parseLock(FILE, lock({})).lock).toEqual({ principals: {}, applied: {}, stacks: {} });
  });

  test("with a time that has fractions of a second", () => {
    const principals = { [CI]: { ...CONFIRMED, confirmedAt: "2026-11-23T10:00:00.123Z" } };

    expect(parseLock(FILE, lock({ principals })).lock.principals).toEqual(principals);
  });

  test("with a renamed user, who keeps the ID, beside the entry that is absent", () => {
    const user = { ...CONFIRMED, uniqueId: "AIDAEXAMPLEEXAMPLE01" };
    const principals = {
      "arn:aws:iam::111122223333:user/alice": { ...user, absent: true },
      "arn:aws:iam::111122223333:user/alicia": user,
    };

    expect(parseLock(FILE, lock({ principals })).lock.principals).toEqual(principals);
  });

  test("in any partition", () => {
    const principals = {
      "arn:aws-us-gov:iam::111122223333:role/a/b": CONFIRMED,
      "arn:aws-cn:iam::111122223333:role/c": { ...CONFIRMED, uniqueId: "AROAEXAMPLEEXAMPLE02" },
    };

    expect(parseLock(FILE, lock({ principals })).lock.principals).toEqual(principals);
  });

  test("with the places of what it says", () => {
    const text = `{\n  "version": 1,\n  "applied": {},\n  "principals": {\n    "${CI}": ${JSON.stringify(CONFIRMED)}\n  }\n}\n`;

    expect(parseLock(FILE, text).document.locate(["principals", CI], "key")).toEqual({
      file: FILE,
      line: 5,
      column: 5,
    });
  });
});
