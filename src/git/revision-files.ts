import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closestTo } from "../source/closest";
import { GitError, runGit } from "./git-binary";

/** The files of a revision, written out. */
export interface RevisionFiles {
  /** Full name of the commit. */
  readonly commit: string;
  /** Where the files of the working folder stand. */
  readonly folder: string;
}

/**
 * Writes the files of a git revision to a temporary folder, which is removed when `use` is done. The
 * checkout, its index and its branches stay as they are.
 *
 * `folder`: one of the repository, whose counterpart is handed to `use`. `argument`: that of the command
 * which the revision was given with, for messages. Throws a GitError when there
 * is no git, no repository or no such revision.
 */
export function withRevisionFiles<T>(
  folder: string,
  revision: string,
  use: (files: RevisionFiles) => T,
  argument = "--since",
): T {
  const inside = runGit(folder, ["rev-parse", "--show-toplevel", "--show-prefix"]);
  if (!inside.ok) throw notInRepository(folder, argument);
  const [top, prefix] = inside.stdout.split("\n");
  const commit = commitOf(folder, revision, argument);
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "crosstrust-revision-")));
  try {
    const files = join(temporary, "files");
    // An index of its own: the user's knows what is staged.
    const env = { GIT_INDEX_FILE: join(temporary, "index") };
    mustRun(top, ["read-tree", commit], env);
    mustRun(top, ["checkout-index", "--all", "--quiet", `--prefix=${files}/`], env);
    return use({ commit, folder: join(files, prefix) });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function commitOf(folder: string, revision: string, argument: string): string {
  const found = runGit(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  if (!found.ok) throw unknownRevision(folder, revision, argument);
  return found.stdout.trim();
}

function mustRun(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): void {
  const { ok, stderr } = runGit(folder, args, env);
  if (!ok) throw new GitError("input", `git ${args.join(" ")}: ${stderr.trim()}`);
}

function notInRepository(folder: string, argument: string): GitError {
  return new GitError(
    "input",
    `expected ${folder} to be in a git repository for ${argument}, found none; leave ${argument} out, or keep the files in git`,
  );
}

function unknownRevision(folder: string, revision: string, argument: string): GitError {
  if (!runGit(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]).ok)
    return noCommit(revision, argument);
  const refs = runGit(folder, ["for-each-ref", "--format=%(refname:short)"]).stdout.trim();
  // HEAD is there: who wrote HEAD~5 goes back too far.
  const closest = closestTo(revision, refs.split("\n"));
  const remedy =
    closest === undefined ? "git log --oneline lists them" : `did you mean ${closest}?`;
  return new GitError(
    "input",
    `expected ${argument} to name a commit, branch or tag, found ${JSON.stringify(revision)}; ${remedy}`,
  );
}

function noCommit(revision: string, argument: string): GitError {
  return new GitError(
    "input",
    `expected ${argument} to name a commit, branch or tag, found ${JSON.stringify(revision)} in a repository without a commit; commit the files first, or leave ${argument} out`,
  );
}
