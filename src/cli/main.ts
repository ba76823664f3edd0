import { inspect } from "node:util";
import { CommanderError } from "commander";
import { FileWriteError } from "../source/file-write-error";
import { ProblemsError } from "../source/problem";
import { GitError } from "../git/git-binary";
import { NoCredentialsError } from "../live/no-credentials-error";
import { TerraformError } from "../terraform/terraform-binary";
import { LockBusyError } from "../trust/lock-file";
import { printProblems } from "./print-problems";
import { buildProgram } from "./program";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { processTerminal } from "./process-terminal";
import type { Terminal } from "./terminal";

/**
 * Runs a command line in this process, and ends it with the command's exit code. An error that no command
 * expects, such as one of extensions.ts, is shown with the place where it was thrown.
 */
export async function main(args: readonly string[]): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(args, terminal);
  } catch (error) {
    terminal.note(inspect(error));
    process.exitCode = EXIT.couldNotRun;
  }
}

/** Runs a command line. Every failure becomes a message and an exit code (docs/commands.md). */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    terminal.progress(undefined);
    return report(error, terminal);
  }
}

function report(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  if (error instanceof ProblemsError) {
    printProblems(terminal, error.problems);
    return EXIT.badInput;
  }
  if (error instanceof UsageError || (error instanceof GitError && error.kind === "input")) {
    terminal.note(`${terminal.colors.red("error")}: ${error.message}`);
    return EXIT.badInput;
  }
  if (isOutOfReach(error)) {
    terminal.note(`${terminal.colors.red("error")}: ${error.message}`);
    return EXIT.couldNotRun;
  }
  throw error;
}

/** What another run, or another machine, can do: nothing is wrong with the input. */
function isOutOfReach(error: unknown): error is Error {
  return (
    error instanceof TerraformError ||
    error instanceof GitError ||
    error instanceof NoCredentialsError ||
    error instanceof LockBusyError ||
    error instanceof FileWriteError
  );
}
