import { createInterface } from "node:readline/promises";
import pc, { createColors } from "picocolors";
import type { Terminal } from "./terminal";

/** The terminal of this process: colour and progress only where a person looks on. */
export function processTerminal(): Terminal {
  process.stdout.once("error", endWithReader);
  const inCi = process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false";
  const showsProgress = process.stderr.isTTY && !inCi;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  return {
    print: (text) => {
      clear();
      process.stdout.write(`${text}\n`);
    },
    note: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    confirm: async (question) => {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
      clear();
      const readline = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return /^y(es)?$/i.test((await readline.question(`${question} [y/N] `)).trim());
      } finally {
        readline.close();
      }
    },
    progress: (text) => {
      if (!showsProgress) return;
      clear();
      if (text === undefined) return;
      process.stderr.write(text);
      shown = true;
    },
    // One answer for both streams: problems in a file, or a table in a pipe, stay plain. Asked as a
    // boolean: picocolors takes undefined for "as it sees fit", and in CI sees fit to colour.
    colors: createColors(
      pc.isColorSupported &&
        process.stdout.isTTY === true &&
        process.stderr.isTTY === true &&
        !inCi,
    ),
    columns: process.stdout.isTTY && !inCi ? process.stdout.columns : undefined,
  };
}

/** A reader such as `head` closes the pipe when it has seen enough: that is no failure. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit();
}
