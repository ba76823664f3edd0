/*
 * A process of its own that writes a lock file, for lock-file.test.ts:
 *
 *     lock-writer.ts wait FILE ARN     confirms ARN; says "in" while it holds the file, and goes on at
 *                                      the first byte of its input
 *     lock-writer.ts crash FILE ARN    confirms ARN; dies between writing beside and renaming
 *     lock-writer.ts often FILE ARN…   says "ready", starts at the first byte of its input, confirms
 *                                      each ARN, and tries again whenever another is at it
 *
 * Ends with 3 when another is writing.
 */
import fs from "node:fs";

import { confirmPrincipal } from "../../src/trust/lock-changes";
import { LockBusyError, updateLock } from "../../src/trust/lock-file";

const [mode, file, ...arns] = process.argv.slice(2);

function confirm(arn: string, whileHeld: () => void = () => {}): void {
  updateLock(file, (lock) => {
    whileHeld();
    const number = arn.replace(/^.*-/, "").padStart(16, "0");
    return confirmPrincipal(lock, arn, `AROA${number}`, "2026-11-23T10:00:00Z");
  });
}

function sayAndWait(word: string): void {
  fs.writeSync(1, `${word}\n`);
  fs.readSync(0, Buffer.alloc(1));
}

function confirmAtLast(arn: string): void {
  for (;;) {
    try {
      return confirm(arn);
    } catch (error) {
      if (!(error instanceof LockBusyError)) throw error;
    }
  }
}

try {
  switch (mode) {
    case "wait":
      confirm(arns[0], () => sayAndWait("in"));
      break;
    case "crash":
      fs.renameSync = () => process.kill(process.pid, "SIGKILL");
      confirm(arns[0]);
      break;
    case "often":
      sayAndWait("ready");
      arns.forEach(confirmAtLast);
      break;
    default:
      throw new Error(`unknown mode ${mode}`);
  }
} catch (error) {
  if (!(error instanceof LockBusyError)) throw error;
  fs.writeSync(2, error.message);
  process.exitCode = 3;
}
