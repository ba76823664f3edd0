import { writeSync } from "node:fs";

const STANDARD_ERROR = 2;

/** Why a group of tests cannot run on a machine. */
export interface Obstacle {
  /** What the tests do, as a sentence with a full stop. */
  readonly tests: string;
  readonly reasons: readonly string[];
}

/** Says loudly which tests are skipped, and why. */
export function sayWhatIsSkipped(name: string, { tests, reasons }: Obstacle): void {
  const line = "=".repeat(78);
  const text = [
    "",
    line,
    `SKIPPED: ${name}`,
    `${tests} Not here, because`,
    ...reasons.map((reason) => `  - ${reason}`),
    "docs/testing.md says what they need.",
    line,
    "",
  ].join("\n");
  writeSync(STANDARD_ERROR, text);
}
