import type { Confirmation } from "../model/rollout/confirmation";
import { tryFindPrincipal, type Lock } from "../trust/lock";
import { EXIT, type ExitCode } from "./exit-code";
import { count, type Terminal } from "./terminal";

/** A principal whose trusts in some accounts were reopened, until this confirmation. */
interface TightenedAgain {
  readonly arn: string;
  /** IDs of the trusting accounts in which they were reopened. */
  readonly reopenedIn: readonly string[];
}

/** What `crosstrust confirm` recorded, and what it found; its JSON. */
export interface ConfirmReport extends Omit<Confirmation, "lock"> {
  /** Whether unique IDs that changed were recorded (`--accept-recreated`). */
  readonly accepted: boolean;
  /** What `crosstrust reopen --in` had reopened, and this confirmation took back. */
  readonly tightenedAgain: readonly TightenedAgain[];
  /** ARNs whose entries were dropped (`--prune`). */
  readonly pruned: readonly string[];
}

/** Nothing recorded, nothing found. */
export const EMPTY_REPORT: ConfirmReport = {
  confirmed: [],
  recreated: [],
  accepted: false,
  applied: [],
  keys: [],
  tightenedAgain: [],
  missing: [],
  absent: [],
  pruned: [],
};

/** A finding: a principal that was made again and not accepted, or one that is gone. */
export function exitCodeOf({ recreated, accepted, missing }: ConfirmReport): ExitCode {
  return (recreated.length > 0 && !accepted) || missing.length > 0 ? EXIT.finding : EXIT.ok;
}

/** What was reopened in single accounts before a confirmation, and no longer is after it. */
export function tightenedAgain(before: Lock, after: Lock): readonly TightenedAgain[] {
  return Object.entries(before.principals).flatMap(([arn, { reopenedIn }]) => {
    const now = tryFindPrincipal(after, arn);
    const isTightened = now !== undefined && now.reopenedIn === undefined;
    return reopenedIn !== undefined && isTightened ? [{ arn, reopenedIn }] : [];
  });
}

/** The report in words. `names`: of the accounts, by ID; one without a name goes by its ID. */
export function printReport(
  terminal: Terminal,
  report: ConfirmReport,
  names: ReadonlyMap<string, string>,
): void {
  const { confirmed, recreated, accepted, applied, keys, missing, absent, pruned } = report;
  const { colors } = terminal;
  for (const arn of confirmed) terminal.print(`${colors.green("confirmed")} ${arn}`);
  for (const { arn, reopenedIn } of report.tightenedAgain) {
    const accounts = reopenedIn.map((id) => names.get(id) ?? id).join(", ");
    const mark = colors.yellow(`tightens again what was reopened in ${accounts}`);
    terminal.print(`${mark}: ${arn}`);
  }
  if (applied.length > 0) {
    terminal.print(`recorded what is applied of ${count(applied.length, "role")}`);
  }
  for (const { aliasArn, was, now } of keys) {
    const change =
      now === undefined
        ? `${colors.yellow("gone")}, was ${was}`
        : was === undefined
          ? `is ${now}`
          : `${colors.yellow("another key")}: was ${was}, is ${now}`;
    terminal.print(`recorded key ${aliasArn}: ${change}`);
  }
  for (const { arn, was, now, trustedBy } of recreated) {
    const mark = accepted ? "recreated, accepted" : "recreated";
    terminal.print(`${colors.yellow(mark)} ${arn}: was ${was}, is ${now}`);
    if (trustedBy.length > 0) {
      terminal.print(`  trusted by ${trustedBy.join(", ")}, to be deployed again`);
    }
  }
  if (recreated.length > 0 && !accepted) {
    terminal.print(
      "Not recorded: find out who made it again, then run this command with --accept-recreated.",
    );
  }
  for (const arn of missing) {
    terminal.print(
      `${colors.yellow("missing")} ${arn}: confirmed, but its stack's outputs no longer name it; ` +
        `if it is gone, run npx crosstrust reopen --principal ${arn}`,
    );
  }
  for (const arn of pruned) terminal.print(`dropped ${arn}`);
  const kept = absent.filter((arn) => !pruned.includes(arn));
  if (kept.length > 0) {
    terminal.print(
      `${count(kept.length, "entry", "entries")} of the lock count for nothing: accounts.json no longer has ` +
        `${kept.join(", ")}; --prune drops them`,
    );
  }
  const isEmpty = [confirmed, applied, keys, recreated, missing, pruned].every(
    ({ length }) => length === 0,
  );
  if (isEmpty) terminal.print("nothing new");
}
