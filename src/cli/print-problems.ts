import { formatProblem, type Problem } from "../source/problem";
import type { Terminal } from "./terminal";

/** Problems as lines, errors before they are counted among warnings by a reader's eye. */
export function printProblems(terminal: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const mark =
      problem.severity === "error"
        ? terminal.colors.red("error")
        : terminal.colors.yellow("warning");
    terminal.note(`${mark}: ${formatProblem(problem)}`);
  }
}
