import { displayPath } from "../source/display-path";
import { mergeConflicts } from "../source/merge-conflicts";
import { parseJson } from "../source/parse-json";
import { ProblemsError, sortProblems } from "../source/problem";
import type { SourceDocument } from "../source/source-document";
import type { Lock } from "./lock";
import { LockDocumentReader } from "./lock-document-reader";

/** A lock that was read, with the places of what it says. */
export interface LockFile {
  readonly lock: Lock;
  readonly document: SourceDocument;
}

/**
 * Parses the text of a lock file. Throws ProblemsError with everything that is wrong: broken JSON,
 * merge conflicts, another version, unknown keys, and ARNs, unique IDs and times that cannot be.
 */
export function parseLock(file: string, text: string): LockFile {
  const shown = displayPath(file);
  const conflicts = mergeConflicts(shown, text);
  if (conflicts.length > 0) {
    throw new ProblemsError(
      conflicts.map((conflict) => ({
        ...conflict,
        expected: "a lock without merge conflicts",
        remedy:
          "resolve the conflict: keep the entries of both sides, and where both have the same one, that with the later confirmedAt; then run npx crosstrust confirm",
      })),
    );
  }
  const { document, problems } = parseJson(shown, text);
  if (document === undefined) throw new ProblemsError(problems);
  const reader = new LockDocumentReader(document);
  const lock = reader.read();
  const all = sortProblems([...problems, ...reader.problems]);
  if (all.length > 0) throw new ProblemsError(all);
  return { lock, document };
}
