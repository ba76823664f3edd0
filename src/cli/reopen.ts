import type { Account, Model } from "../model/model";
import { trustedPrincipals } from "../model/rollout/trusted-principals";
import { trustings, type Trusting } from "../model/rollout/trusting";
import { isPrincipalTrust, stageOf, type PrincipalTrust } from "../trust/trust";
import { tryFindPrincipal, type Lock } from "../trust/lock";
import { reopenPrincipal } from "../trust/lock-changes";
import { updateLock } from "../trust/lock-file";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { count, type Terminal } from "./terminal";

/** Options of `crosstrust reopen`. */
export interface ReopenOptions {
  readonly principal?: string;
  readonly in?: string;
  readonly yes?: boolean;
}

/** A trust that goes back to stage `account`. */
interface Widened {
  readonly trusting: Trusting;
  readonly trust: PrincipalTrust;
}

/** `crosstrust reopen`: takes confirmations away, after saying what that widens. */
export async function reopen(terminal: Terminal, options: ReopenOptions): Promise<ExitCode> {
  if (options.principal === undefined && options.in === undefined) {
    throw new UsageError(
      "expected --principal ARN, --in ACCOUNT or both, found neither; npx crosstrust status --json lists the principals",
    );
  }
  const { model, lockFile, warnings } = loadProject();
  printProblems(terminal, warnings);
  const account = options.in === undefined ? undefined : accountNamed(model, options.in);
  if (options.principal !== undefined) requireTrusted(model, options.principal);
  const widened = trustings(model)
    .filter((trusting) => account === undefined || trusting.account === account)
    .flatMap((trusting) =>
      trusting.trusts
        .filter(isPrincipalTrust)
        .filter((trust) => stageOf(trust) === "role")
        .filter(({ principalArn }) => (options.principal ?? principalArn) === principalArn)
        .map((trust): Widened => ({ trusting, trust })),
    );
  const forgotten =
    account === undefined &&
    options.principal !== undefined &&
    tryFindPrincipal(model.lock, options.principal) !== undefined
      ? options.principal
      : undefined;
  if (widened.length === 0 && forgotten !== undefined) {
    updateLock(lockFile, (lock) => reopenPrincipal(lock, forgotten));
    terminal.print(`forgot the confirmation of ${forgotten}; no trust widens by that`);
    printNext(terminal, loadProject().model);
    return EXIT.ok;
  }
  if (widened.length === 0) {
    terminal.print("Nothing to reopen: no such trust is tightened, and none is to be.");
    return EXIT.ok;
  }
  printWidened(terminal, model, widened);
  const answer = options.yes === true ? true : await terminal.confirm("Reopen?");
  if (answer === undefined) {
    throw new UsageError("expected --yes, because nobody can be asked here; add it to go on");
  }
  if (!answer) {
    terminal.print("Left as it is.");
    return EXIT.ok;
  }
  const principals = [...new Set(widened.map(({ trust }) => trust.principalArn))];
  updateLock(lockFile, (lock: Lock) =>
    principals.reduce((changed, arn) => reopenPrincipal(changed, arn, account?.id), lock),
  );
  terminal.print(`reopened ${principals.join(", ")}; AWS follows with the next deploy`);
  terminal.print("Do not confirm before that deploy: it would tighten again whatever it finds.");
  printNext(terminal, loadProject().model);
  return EXIT.ok;
}

function requireTrusted(model: Model, principal: string): void {
  if (trustedPrincipals(model).has(principal)) return;
  throw new UsageError(
    `expected --principal to be a role or user that something trusts, found ${principal}; npx crosstrust status --json lists them`,
  );
}

function accountNamed(model: Model, name: string): Account {
  const account = model.accounts.find((each) => each.name === name);
  if (account === undefined) {
    throw new UsageError(
      `expected --in to name an account, found ${name}; the accounts are ${model.accounts.map((each) => each.name).join(", ")}`,
    );
  }
  return account;
}

function printWidened(terminal: Terminal, model: Model, widened: readonly Widened[]): void {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  terminal.print(`This takes ${count(widened.length, "trust")} back to stage account:`);
  for (const { trusting, trust } of widened) {
    const who =
      trusting.kind === "lambda-function"
        ? "nobody in its place: a function takes no guard"
        : trust.guard.length === 0
          ? `everyone in ${names.get(trust.accountId) ?? trust.accountId} whom its policies allow`
          : trust.guard.join(", ");
    terminal.print(`  ${trusting.arn} lets in ${who}`);
  }
}
