import { spawnSync } from "node:child_process";

/** Git could not do what it was asked for. */
export class GitError extends Error {
  /** `missing`: there is no git; `input`: it was asked for something that is not there. */
  constructor(
    readonly kind: "missing" | "input",
    message: string,
  ) {
    super(message);
    this.name = "GitError";
  }
}

/** What a run of git gave. */
export interface GitRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Output of git that is still taken, in bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Runs git in a folder. Throws a GitError when there is none. */
export function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): GitRun {
  const { error, status, stdout, stderr } = spawnSync("git", [...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    env: { ...process.env, LC_ALL: "C", ...env },
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") throw gitMissing();
  if (error !== undefined) throw error;
  return { ok: status === 0, stdout, stderr };
}

function gitMissing(): GitError {
  return new GitError(
    "missing",
    "expected git on the PATH, found none; install it: revisions are read by it",
  );
}
