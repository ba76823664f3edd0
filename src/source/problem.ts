/** A place in a file; lines and columns count from 1. */
export interface Location {
  /** As the user named it, relative to the working directory where possible. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with an input file. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly location: Location;
  /** Where in the data: `roles.images.trusts[0].role`; empty for the whole file. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** What to do, as an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** Bad input: every problem of one run, errors and warnings. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "ProblemsError";
  }
}

/** One line: `file:line:column path: expected …, found …, do …`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column } = problem.location;
  const path = problem.path === "" ? "" : ` ${problem.path}`;
  return `${file}:${line}:${column}${path}: expected ${problem.expected}, found ${problem.found}, do: ${problem.remedy}`;
}

/** Sorted by file, line and column, as a reader goes through a file. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : 0) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column,
  );
}
