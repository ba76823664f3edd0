import { join } from "node:path";
import { ProblemsError, sortProblems, type Problem } from "../source/problem";
import { EMPTY_LOCK } from "../trust/lock";
import { readLock } from "../trust/lock-file";
import type { LockFile } from "../trust/parse-lock";
import { readAccountsFile } from "./file/accounts-file";
import { resolveBeside } from "./file/beside";
import { importWarnings } from "./rollout/check-imports";
import { findAccountsFile } from "./file/find-accounts-file";
import { missingLock, returnedPrincipals } from "./rollout/check-lock";
import { wideningTrusts } from "./rollout/check-widening";
import type { Model } from "./model";
import { resolveModel } from "./resolve/resolve";
import { modelWithLock } from "./rollout/with-lock";

/** Name of the lock, beside the main file. */
export const LOCK_FILE = "trust.lock.json";

/** What was read; no model where the files are too wrong to be resolved. */
export interface ReadModel {
  readonly model?: Model;
  readonly lockFile: string;
  /** Every problem of the accounts file, its includes and the lock, by place. */
  readonly problems: readonly Problem[];
}

/** How the files are read. */
export interface ReadModelOptions {
  /**
   * `required`: a missing lock, and an entry that came back, are errors.
   * `to be written`: they are what the command is there to mend.
   * @default "required"
   */
  readonly lock?: "required" | "to be written";
}

/** The main file: what CROSSTRUST_ACCOUNTS names, else the one in the working directory. */
export function mainFile(env: NodeJS.ProcessEnv = process.env): string {
  return env.CROSSTRUST_ACCOUNTS === undefined || env.CROSSTRUST_ACCOUNTS === ""
    ? findAccountsFile(".")
    : env.CROSSTRUST_ACCOUNTS;
}

/** Reads the accounts file and the lock beside it, and resolves them. */
export function readModel(file: string, options: ReadModelOptions = {}): ReadModel {
  const { accountsFile, problems } = readAccountsFile(file);
  if (accountsFile === undefined) return { lockFile: resolveBeside(file, LOCK_FILE), problems };
  const lockFile = join(accountsFile.folder, LOCK_FILE);
  const resolved = resolveModel(accountsFile);
  const lock = tryReadLock(lockFile);
  const isRequired = options.lock !== "to be written";
  const lockProblems = isRequired ? judgeLock(lock, resolved.model, accountsFile.file) : [];
  const model = modelWithLock(resolved.model, lock.read?.lock ?? EMPTY_LOCK);
  return {
    model,
    lockFile,
    problems: sortProblems([
      ...problems,
      ...resolved.problems,
      ...importWarnings(model),
      ...wideningTrusts(model),
      ...lock.problems,
      ...lockProblems,
    ]),
  };
}

/** The lock, or what is wrong with it; neither where there is no file. */
interface TriedLock {
  readonly read?: LockFile;
  readonly problems: readonly Problem[];
}

function tryReadLock(file: string): TriedLock {
  try {
    return { read: readLock(file), problems: [] };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return { problems: error.problems };
  }
}

function judgeLock(lock: TriedLock, model: Model, accountsFile: string): readonly Problem[] {
  if (lock.problems.length > 0) return [];
  return lock.read === undefined
    ? missingLock(model, accountsFile)
    : returnedPrincipals(model, lock.read);
}
