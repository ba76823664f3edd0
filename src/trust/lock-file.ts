import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { lockSync } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { displayPath } from "../source/display-path";
import { FileWriteError } from "../source/file-write-error";
import { inputError } from "../source/input-error";
import { ProblemsError } from "../source/problem";
import { readSource } from "../source/read-source";
import { formatLock } from "./format-lock";
import { EMPTY_LOCK, type Lock } from "./lock";
import { parseLock, type LockFile } from "./parse-lock";

/** Milliseconds after which the mark of a writer that crashed no longer counts. */
const STALE_AFTER = 10_000;

/** Somebody else is writing the lock file: nothing was written, and trying again is safe. */
export class LockBusyError extends Error {
  constructor(readonly file: string) {
    super(
      `expected to be alone in changing ${file}, found another crosstrust or an editor at it; ` +
        "nothing was changed: run the command again (after a crash, in 10 seconds)",
    );
    this.name = "LockBusyError";
  }
}

/**
 * Reads a lock file; undefined when there is none. Throws ProblemsError when it is not readable, or
 * not a lock (see `parseLock`).
 */
export function readLock(file: string): LockFile | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseLock(file, text);
}

/**
 * Changes a lock file, and tells whether it did: when the change comes to nothing, the file is not
 * touched.
 *
 * `change` gets what the file says now, which may be more than when it was last read. While it runs,
 * no other crosstrust writes the file: the one that comes second fails with LockBusyError. The file
 * is written beside and then renamed, so that at any moment the old or the new one is there, whole.
 * What a writer that crashed has left keeps others out for 10 seconds at most.
 *
 * Throws ProblemsError when there is no such file, or it cannot be read as a lock, or `change` gives
 * a lock that could not be read again; FileWriteError when it cannot be written.
 */
export function updateLock(file: string, change: (current: Lock) => Lock): "changed" | "unchanged" {
  return exclusively(file, () => {
    const text = readText(file);
    if (text === undefined) throw new ProblemsError([missing(file)]);
    const { lock } = parseLock(file, text);
    const changed = formatLock(change(lock));
    if (changed === formatLock(lock)) return "unchanged";
    parseLock(file, changed);
    // Editors ask nobody, and a writer that was thought to have crashed may have been asleep.
    if (readText(file) !== text) throw new LockBusyError(displayPath(file));
    write(file, changed);
    return "changed";
  });
}

/**
 * Makes the lock file of a new organization, which confirms nothing. `exists`, and nothing is done,
 * when there is one: it would forget what is confirmed.
 */
export function createLock(file: string): "created" | "exists" {
  return exclusively(file, () => {
    if (!isMissing(file)) return "exists";
    write(file, formatLock(EMPTY_LOCK));
    return "created";
  });
}

/** Runs something while no other process can. */
function exclusively<T>(file: string, run: () => T): T {
  let release: () => void;
  try {
    release = lockSync(canonical(file), { realpath: false, stale: STALE_AFTER });
  } catch (error) {
    throw hasCode(error, "ELOCKED")
      ? new LockBusyError(displayPath(file))
      : new FileWriteError(file, error);
  }
  try {
    return run();
  } finally {
    release();
  }
}

/** One name for one file, however it is reached; the file itself need not exist. */
function canonical(file: string): string {
  return isMissing(file) ? join(realpathSync(dirname(file)), basename(file)) : realpathSync(file);
}

/** Of a file that may not even be looked at, reading and writing say why. */
function isMissing(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function readText(file: string): string | undefined {
  if (isMissing(file)) return undefined;
  const source = readSource(file);
  if ("text" in source) return source.text;
  throw new ProblemsError([
    {
      ...source.problem,
      expected: "a lock as crosstrust writes it",
      remedy: "make it a readable file, or restore it from version control",
    },
  ]);
}

/** With fsync before the rename, so that a power failure leaves no empty file either. */
function write(file: string, text: string): void {
  try {
    writeFileAtomic.sync(file, text, { fsync: true });
  } catch (error) {
    throw new FileWriteError(file, error);
  }
}

function missing(file: string) {
  const shown = displayPath(file);
  return inputError({ file: shown, line: 1, column: 1 }, [], {
    expected: "a lock",
    found: `nothing at ${shown}`,
    remedy:
      "restore it from version control; for a new organization run npx crosstrust confirm --init",
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
