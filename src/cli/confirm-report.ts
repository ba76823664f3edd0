import type { Confirmation } from "../model/rollout/confirmation";
import { EXIT, type ExitCode } from "./exit-code";
import { count, type Terminal } from "./terminal";

/** What `crosstrust confirm` recorded, and what it found; its JSON. */
export interface ConfirmReport extends Omit<Confirmation, "lock"> {
  /** Whether unique IDs that changed were recorded (`--accept-recreated`). */
  readonly accepted: boolean;
  /** ARNs whose entries were dropped (`--prune`). */
  readonly pruned: readonly string[];
}

/** Nothing recorded, nothing found. */
export const EMPTY_REPORT: ConfirmReport = {
  confirmed: [],
  recreated: [],
  accepted: false,
  applied: [],
  missing: [],
  absent: [],
  pruned: [],
};

/** A finding: a principal that was made again and not accepted, or one that is gone. */
export function exitCodeOf({ recreated, accepted, missing }: ConfirmReport): ExitCode {
  return (recreated.length > 0 && !accepted) || missing.length > 0 ? EXIT.finding : EXIT.ok;
}

/** The report in words. */
export function printReport(terminal: Terminal, report: ConfirmReport): void {
  const { confirmed, recreated, accepted, applied, missing, absent, pruned } = report;
  const { colors } = terminal;
  for (const arn of confirmed) terminal.print(`${colors.green("confirmed")} ${arn}`);
  if (applied.length > 0) {
    terminal.print(`recorded what is applied of ${count(applied.length, "role")}`);
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
  const isEmpty = [confirmed, applied, recreated, missing, pruned].every(
    ({ length }) => length === 0,
  );
  if (isEmpty) terminal.print("nothing new");
}
