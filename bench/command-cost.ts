import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { measure } from "./measure";

/** What a command costs as a whole process, from its start to its end. */
export interface CommandCost {
  readonly milliseconds: number;
  /** Peak resident memory, in MiB. */
  readonly memory: number;
}

/**
 * Runs `crosstrust` in a folder, and measures it: a process of its own has the memory of that command
 * alone. Throws on exit codes that say that the command could not do its work.
 */
export function commandCost(folder: string, args: readonly string[]): CommandCost {
  const bin = join(__dirname, "..", "bin", "crosstrust.mjs");
  const usage = join(__dirname, "print-memory.mjs");
  const { result, milliseconds } = measure(() =>
    spawnSync(process.execPath, ["--import", usage, bin, ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    }),
  );
  const { status, stderr } = result;
  if (status === null || status > 1) throw new Error(stderr);
  return { milliseconds, memory: Number(/peak memory (\d+) MiB/.exec(stderr)?.[1]) };
}
