import type { Model } from "../model/model";
import { nextCommands, recheckCommands, type NextCommand } from "./next-commands";
import { indent, type Terminal } from "./terminal";

/**
 * What to run next, as commands that can be pasted. Once no deploy is left, also how to find roles
 * that were made again behind Terraform's back; the last lines are always what comes next.
 */
export function printNext(terminal: Terminal, model: Model): void {
  const next = nextCommands(model);
  const isDeployed = !next.some(({ command }) => command.startsWith("npx cdktf deploy"));
  const recheck = isDeployed ? recheckCommands(model) : [];
  if (recheck.length > 0) {
    terminal.print("To find a role or user that was deleted and made again:");
    recheck.forEach((each) => printCommand(terminal, each));
  }
  if (next.length === 0) {
    terminal.print("Nothing is left to do: every trust has come to its end.");
    return;
  }
  printCommands(terminal, next);
}

/** Commands to run, in that order. */
export function printCommands(terminal: Terminal, commands: readonly NextCommand[]): void {
  terminal.print("Next:");
  commands.forEach((each) => printCommand(terminal, each));
}

function printCommand(terminal: Terminal, { command, as }: NextCommand): void {
  const { colors } = terminal;
  terminal.print(indent(`${colors.dim(`# ${as}`)}\n${colors.bold(command)}`));
}
