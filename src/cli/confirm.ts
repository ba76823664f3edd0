import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { confirmOutputs, pruneLock, type ConfirmOptions } from "../model/rollout/confirmation";
import type { Account, Model } from "../model/model";
import { LOCK_FILE, mainFile } from "../model/read-model";
import type { StackOutputs } from "../model/rollout/stack-outputs";
import { trustedPrincipals } from "../model/rollout/trusted-principals";
import { createLock, updateLock } from "../trust/lock-file";
import { utcTime } from "../trust/utc-time";
import { confirmByHand, type NamedPrincipal } from "./confirm-by-hand";
import {
  EMPTY_REPORT,
  exitCodeOf,
  printReport,
  tightenedAgain,
  type ConfirmReport,
} from "./confirm-report";
import { confirmStandalone, trustedByInLock } from "./confirm-standalone";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { readOutputsFile } from "./outputs-file";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import type { Terminal } from "./terminal";

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
  const named = namedPrincipal(options);
  const how: ConfirmOptions = {
    now: utcTime(new Date()),
    acceptRecreated: options.acceptRecreated === true,
  };
  const lockHere = join(dirname(mainFile()), LOCK_FILE);
  if (!hasAccountsFile() && (existsSync(lockHere) || options.init === true)) {
    if (options.init === true) return init(terminal, lockHere);
    const report = withoutAccountsFile(lockHere, named, options, how);
    show(terminal, report, [], options);
    return exitCodeOf(report);
  }
  const { model, lockFile, warnings } = loadProject({ lock: "to be written" });
  if (options.json !== true) printProblems(terminal, warnings);
  if (options.init === true) return init(terminal, lockFile);
  const report =
    named === undefined
      ? record(model, lockFile, await readOutputs(terminal, model, options), options, how)
      : confirmTrusted(model, lockFile, named, how);
  show(terminal, report, model.accounts, options);
  const exitCode = exitCodeOf(report);
  if (exitCode !== EXIT.ok || options.json === true) return exitCode;
  printNext(terminal, loadProject().model);
  return EXIT.ok;
}

/** One that CROSSTRUST_ACCOUNTS names is wanted, whether or not it is there. */
function hasAccountsFile(): boolean {
  return (process.env.CROSSTRUST_ACCOUNTS ?? "") !== "" || existsSync(mainFile());
}

function namedPrincipal({
  principal,
  uniqueId,
}: ConfirmCommandOptions): NamedPrincipal | undefined {
  if (principal === undefined && uniqueId === undefined) return undefined;
  if (principal === undefined || uniqueId === undefined) {
    throw new UsageError("expected --principal and --unique-id together, found one; give both");
  }
  return { principal, uniqueId };
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

function withoutAccountsFile(
  lockFile: string,
  named: NamedPrincipal | undefined,
  { outputs, prune }: ConfirmCommandOptions,
  how: ConfirmOptions,
): ConfirmReport {
  if (named !== undefined) {
    return confirmByHand(lockFile, named, how, (lock) => trustedByInLock(lock, named.principal));
  }
  if (outputs === undefined || prune === true) {
    throw new UsageError(
      `expected --outputs FILE without --prune, because no accounts.json beside ${lockFile} says which stacks there are; npx cdktf deploy <stacks> --outputs-file FILE writes the file`,
    );
  }
  return confirmStandalone(lockFile, outputs, how);
}

function confirmTrusted(
  model: Model,
  lockFile: string,
  named: NamedPrincipal,
  how: ConfirmOptions,
): ConfirmReport {
  const trusted = trustedPrincipals(model).get(named.principal);
  if (trusted === undefined) {
    throw new UsageError(
      `expected --principal to be a role or user that something trusts, found ${named.principal}; npx crosstrust status --json lists them`,
    );
  }
  return confirmByHand(lockFile, named, how, () => trusted.trustedBy);
}

async function readOutputs(
  terminal: Terminal,
  model: Model,
  { outputs }: ConfirmCommandOptions,
): Promise<ReadonlyMap<string, StackOutputs>> {
  if (outputs !== undefined) return readOutputsFile(outputs, model);
  const { askBackends } = await import("./ask-backends");
  return askBackends(terminal, model);
}

function record(
  model: Model,
  lockFile: string,
  outputs: ReadonlyMap<string, StackOutputs>,
  { prune }: ConfirmCommandOptions,
  how: ConfirmOptions,
): ConfirmReport {
  let report = EMPTY_REPORT;
  updateLock(lockFile, (lock) => {
    const { lock: confirmed, ...found } = confirmOutputs({ ...model, lock }, outputs, how);
    const changed = prune === true ? pruneLock(model, confirmed) : confirmed;
    report = {
      ...found,
      accepted: how.acceptRecreated,
      tightenedAgain: tightenedAgain(lock, changed),
      pruned: Object.keys(confirmed.principals)
        .filter((arn) => !Object.hasOwn(changed.principals, arn))
        .sort(),
    };
    return changed;
  });
  return report;
}

function show(
  terminal: Terminal,
  report: ConfirmReport,
  accounts: readonly Account[],
  { json }: ConfirmCommandOptions,
): void {
  if (json === true) terminal.print(JSON.stringify(report, undefined, 2));
  else printReport(terminal, report, new Map(accounts.map(({ id, name }) => [id, name])));
}
