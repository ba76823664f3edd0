import { inputError } from "./input-error";
import { LineIndex } from "./line-index";
import type { Problem } from "./problem";
import { quote } from "./show-value";

/**
 * The marks of unresolved merge conflicts: where each begins, or the first mark that is left of one.
 * Looked for before a file is parsed, which would only say that `<` stands where it must not.
 */
export function mergeConflicts(file: string, text: string): readonly Problem[] {
  const marks = [...text.matchAll(/^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$/gm)];
  if (marks.length === 0) return [];
  const lines = new LineIndex(file, text);
  const starts = marks.filter(([mark]) => mark.startsWith("<"));
  return (starts.length > 0 ? starts : marks.slice(0, 1)).map(({ index, 0: mark }) =>
    inputError(lines.locate(index), [], {
      expected: "a file without merge conflicts",
      found: quote(mark.trimEnd()),
      remedy: "resolve the conflict, and remove its marks",
    }),
  );
}
