/** What a command's exit code says; docs/commands.md. */
export const EXIT = {
  /** Fine; warnings too. */
  ok: 0,
  /** A finding. */
  finding: 1,
  /** Bad input or usage. */
  badInput: 2,
  /** Could not run: Terraform missing, a backend out of reach. */
  couldNotRun: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage of a command: says what was expected, found, and to do. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
