import { displayPath } from "../source/display-path";
import { inputError } from "../source/input-error";
import { LineIndex } from "../source/line-index";
import { parseJson } from "../source/parse-json";
import { type Problem, ProblemsError, sortProblems } from "../source/problem";
import { quote } from "../source/show-value";
import { LockDocumentReader } from "./lock-document-reader";
import type { LockFile } from "./lock-file";

/**
 * Parses the text of a lock file. Throws ProblemsError with everything that is wrong: broken JSON,
 * merge conflicts, another version, unknown keys, and ARNs, unique IDs and times that cannot be.
 */
export function parseLock(file: string, text: string): LockFile {
  const shown = displayPath(file);
  const conflicts = mergeConflicts(shown, text);
  if (conflicts.length > 0) throw new ProblemsError(conflicts);
  const { document, problems } = parseJson(shown, text);
  if (document === undefined) throw new ProblemsError(problems);
  const reader = new LockDocumentReader(document);
  const lock = reader.read();
  const all = sortProblems([...problems, ...reader.problems]);
  if (all.length > 0) throw new ProblemsError(all);
  return { lock, document };
}

/** Told before the JSON is parsed, which would only say that `<` is not JSON. */
function mergeConflicts(file: string, text: string): readonly Problem[] {
  const lines = new LineIndex(file, text);
  const marks = [...text.matchAll(/^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/gm)];
  const starts = marks.filter(([mark]) => mark.startsWith("<"));
  return (starts.length > 0 ? starts : marks.slice(0, 1)).map(({ index, 0: mark }) =>
    inputError(lines.locate(index), [], {
      expected: "a lock without merge conflicts",
      found: quote(mark),
      remedy:
        "resolve the conflict: keep the entries of both sides, and where both have the same one, that with the later confirmedAt; then run npx crosstrust confirm",
    }),
  );
}
