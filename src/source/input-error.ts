import type { Location, Problem } from "./problem";
import { type DataPath, formatPath } from "./source-document";

/** What a problem says: the three parts of a message beside its place. */
export interface ProblemText {
  readonly expected: string;
  readonly found: string;
  /** What to do, as an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** An error at a place of an input file. */
export function inputError(location: Location, path: DataPath, text: ProblemText): Problem {
  return { severity: "error", location, path: formatPath(path), ...text };
}
