import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { withRevisionFiles, type RevisionFiles } from "../git/revision-files";
import { findAccountsFile } from "../model/file/find-accounts-file";
import type { Model } from "../model/model";
import { LOCK_FILE, readModel } from "../model/read-model";
import { modelWithLock } from "../model/rollout/with-lock";
import { ProblemsError, type Problem } from "../source/problem";
import type { Project } from "./project";

/** What the files of a git revision mean. */
export interface Revision {
  /** As it was asked for. */
  readonly revision: string;
  readonly commit: string;
  readonly model: Model;
}

/**
 * Reads the files of a revision: the main file, what it includes and names, and its lock. A lock that
 * is not in git is today's. `argument`: that of the command which names the revision. Throws a GitError where there is no such revision, and a ProblemsError
 * where its files have errors.
 */
export function readRevision(
  { file, model: today }: Project,
  revision: string,
  argument = "--since",
): Revision {
  const read = ({ commit, folder }: RevisionFiles): Revision => {
    const sameName = join(folder, basename(file));
    const main = existsSync(sameName) ? sameName : findAccountsFile(folder);
    const { model, problems } = readModel(main, { lock: "to be written" });
    if (model === undefined || problems.some(({ severity }) => severity === "error")) {
      throw new ProblemsError(
        problems.map((problem) => ofRevision(problem, folder, revision, argument)),
      );
    }
    const isLocked = existsSync(join(folder, LOCK_FILE));
    // States lie beside today's file: the same ones, whatever the revision.
    const here = { ...model, folder: today.folder };
    return { revision, commit, model: isLocked ? here : modelWithLock(here, today.lock) };
  };
  return withRevisionFiles(dirname(file), revision, read, argument);
}

/**
 * The temporary folder means nothing to anybody: `HEAD~1:accounts.json`, as git writes it. What is
 * committed cannot be corrected.
 */
function ofRevision(problem: Problem, folder: string, revision: string, argument: string): Problem {
  const plain = (text: string): string => text.replaceAll(join(folder, "/"), `${revision}:`);
  return {
    ...problem,
    location: { ...problem.location, file: plain(problem.location.file) },
    found: plain(problem.found),
    remedy: `name a revision whose files have no errors, with ${argument}`,
  };
}
