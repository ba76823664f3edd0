import { displayPath } from "../../src/source/display-path";
import { formatProblem, ProblemsError, sortProblems, type Problem } from "../../src/source/problem";

function problem(file: string, line: number, column: number, path = ""): Problem {
  return {
    severity: "error",
    location: { file, line, column },
    path,
    expected: "a",
    found: "b",
    remedy: "c",
  };
}

test("a problem is one line: where, expected, found, what to do", () => {
  expect(formatProblem(problem("f.json", 3, 5, "roles.ci"))).toBe(
    "f.json:3:5 roles.ci: expected a, found b, do: c",
  );
  expect(formatProblem(problem("f.json", 1, 1))).toBe("f.json:1:1: expected a, found b, do: c");
});

test("problems are sorted as a reader goes through the files", () => {
  const sorted = [problem("a", 1, 2), problem("a", 2, 1), problem("a", 10, 1), problem("b", 1, 1)];

  expect(sortProblems([...sorted].reverse())).toEqual(sorted);
});

test("an error of several problems says them all", () => {
  expect(new ProblemsError([problem("a", 1, 1), problem("b", 2, 2)]).message).toBe(
    "a:1:1: expected a, found b, do: c\nb:2:2: expected a, found b, do: c",
  );
});

test("files are shown relative to the working directory where they are inside of it", () => {
  expect(displayPath(`${process.cwd()}/sub/accounts.json`)).toBe("sub/accounts.json");
  expect(displayPath("./accounts.json")).toBe("accounts.json");
  expect(displayPath("/elsewhere/accounts.json")).toBe("/elsewhere/accounts.json");
  expect(displayPath("../accounts.json")).toBe("../accounts.json");
});
