import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs something with the path of a file in a folder of its own, and removes the folder. */
export function withFile<T>(name: string, run: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "crosstrust-source-"));
  try {
    return run(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
