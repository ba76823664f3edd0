import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { confirmOutputs, pruneLock, type Confirmation } from "../model/confirmation";
import type { Model } from "../model/model";
import { LOCK_FILE, mainFile } from "../model/read-model";
import type { StackOutputs } from "../model/stack-outputs";
import { trustedPrincipals } from "../model/trusted-principals";
import { confirmPrincipal } from "../trust/lock-changes";
import { createLock, updateLock } from "../trust/lock-file";
import { describeUniqueIdOf, isUniqueIdOf } from "../trust/unique-id";
import { printProblems } from "./check";
import { confirmStandalone } from "./confirm-standalone";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { nextCommands } from "./next-commands";
import { loadProject } from "./project";
import { askBackends, readOutputsFile } from "./stack-outputs";
import { count, type Terminal } from "./terminal";

/** Options of `crosstrust confirm`. */
export interface ConfirmCommandOptions {
  readonly outputs?: string;
  readonly principal?: string;
  readonly uniqueId?: string;
  readonly acceptRecreated?: boolean;
  readonly prune?: boolean;
  readonly init?: boolean;
  readonly json?: boolean;
}

/** `crosstrust confirm`: records what exists and what is applied. */
export async function confirm(
  terminal: Terminal,
  options: ConfirmCommandOptions,
): Promise<ExitCode> {
  if ((options.principal === undefined) !== (options.uniqueId === undefined)) {
    throw new UsageError("expected --principal and --unique-id together, found one; give both");
  }
  const standaloneLock = join(dirname(mainFile()), LOCK_FILE);
  if (!existsSync(mainFile()) && existsSync(standaloneLock) && options.outputs !== undefined) {
    return confirmStandalone(terminal, standaloneLock, options.outputs, {
      now: utcNow(),
      acceptRecreated: options.acceptRecreated === true,
    });
  }
  const { model, lockFile, warnings } = loadProject({ lock: "to be written" });
  if (options.json !== true) printProblems(terminal, warnings);
  if (options.init === true) return init(terminal, lockFile);
  if (options.principal !== undefined && options.uniqueId !== undefined) {
    return byHand(terminal, model, lockFile, options.principal, options.uniqueId);
  }
  const outputs =
    options.outputs === undefined
      ? await askBackends(terminal, model)
      : readOutputsFile(options.outputs, model);
  return record(terminal, model, lockFile, outputs, options);
}

function init(terminal: Terminal, lockFile: string): ExitCode {
  if (createLock(lockFile) === "exists") {
    throw new UsageError(
      `expected no ${lockFile}, found one; take --init away: it would forget what is confirmed`,
    );
  }
  terminal.print(`${lockFile}: made, nothing is confirmed. Commit it.`);
  return EXIT.ok;
}

function byHand(
  terminal: Terminal,
  model: Model,
  lockFile: string,
  principal: string,
  uniqueId: string,
): ExitCode {
  if (!trustedPrincipals(model).has(principal)) {
    throw new UsageError(
      `expected --principal to be a role or user that some role trusts, found ${principal}; npx crosstrust status lists them`,
    );
  }
  if (!isUniqueIdOf(principal, uniqueId)) {
    throw new UsageError(
      `expected --unique-id to be ${describeUniqueIdOf(principal)}, found ${uniqueId}; aws iam get-role or get-user shows it`,
    );
  }
  updateLock(lockFile, (lock) => confirmPrincipal(lock, principal, uniqueId, utcNow()));
  terminal.print(`confirmed ${principal} (${uniqueId})`);
  printNext(terminal);
  return EXIT.ok;
}

function record(
  terminal: Terminal,
  model: Model,
  lockFile: string,
  outputs: ReadonlyMap<string, StackOutputs>,
  options: ConfirmCommandOptions,
): ExitCode {
  let result: Confirmation | undefined;
  updateLock(lockFile, (lock) => {
    result = confirmOutputs({ ...model, lock }, outputs, {
      now: utcNow(),
      acceptRecreated: options.acceptRecreated === true,
    });
    return options.prune === true ? pruneLock(model, result.lock) : result.lock;
  });
  if (result === undefined) return EXIT.ok;
  const refused = options.acceptRecreated === true ? [] : result.recreated;
  if (options.json === true) {
    const { confirmed, recreated, applied, missing, absent } = result;
    terminal.print(
      JSON.stringify({ confirmed, recreated, applied, missing, absent }, undefined, 2),
    );
  } else {
    printConfirmation(terminal, result, options);
    if (refused.length === 0) printNext(terminal);
  }
  return refused.length > 0 ? EXIT.finding : EXIT.ok;
}

function printConfirmation(
  terminal: Terminal,
  result: Confirmation,
  options: ConfirmCommandOptions,
): void {
  const { colors } = terminal;
  for (const arn of result.confirmed) terminal.print(`${colors.green("confirmed")} ${arn}`);
  if (result.applied.length > 0) {
    terminal.print(`recorded what is applied of ${count(result.applied.length, "role")}`);
  }
  for (const { arn, was, now, trustedBy } of result.recreated) {
    const mark = options.acceptRecreated === true ? "recreated, accepted" : "recreated";
    terminal.print(`${colors.yellow(mark)} ${arn}: was ${was}, is ${now}`);
    terminal.print(`  trusted by ${trustedBy.join(", ")}, to be deployed again`);
  }
  if (result.recreated.length > 0 && options.acceptRecreated !== true) {
    terminal.print(
      "Not recorded: find out who made it again, then run this command with --accept-recreated.",
    );
  }
  for (const arn of result.missing) {
    terminal.print(
      `${colors.yellow("missing")} ${arn}: confirmed, but its stack's outputs no longer name it; ` +
        `if it is gone, run npx crosstrust reopen --principal ${arn}`,
    );
  }
  if (result.absent.length > 0 && options.prune !== true) {
    terminal.print(
      `${count(result.absent.length, "entry", "entries")} of the lock count for nothing: accounts.json no longer has ` +
        `${result.absent.join(", ")}; --prune drops them`,
    );
  }
  const nothing = result.confirmed.length + result.applied.length + result.recreated.length === 0;
  if (nothing) terminal.print("nothing new");
}

function printNext(terminal: Terminal): void {
  const next = nextCommands(loadProject({ lock: "to be written" }).model);
  terminal.print(next.length === 0 ? "Nothing is left to do." : `Next: ${next[0].command}`);
}

/** UTC without fractions of a second, as the lock has it. */
export function utcNow(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
