import { accountNames } from "../review/diff/account-names";
import { compareEstates } from "../review/diff/compare-estates";
import { diffJson } from "./diff-json";
import { EXIT, type ExitCode } from "./exit-code";
import { printDiff } from "./print-diff";
import { namedEstate, workingTreeEstate } from "./read-estates";
import type { Terminal } from "./terminal";

/** Options of `crosstrust diff`. */
export interface DiffOptions {
  readonly json?: boolean;
}

/** `crosstrust diff`: what a change does to access, in sentences. */
export async function diff(
  terminal: Terminal,
  beforeWord: string,
  afterWord: string | undefined,
  options: DiffOptions,
): Promise<ExitCode> {
  const before = await namedEstate(terminal, beforeWord);
  const after =
    afterWord === undefined
      ? await workingTreeEstate(terminal)
      : await namedEstate(terminal, afterWord);
  terminal.progress("comparing");
  const accounts = accountNames(
    [before.estate, after.estate],
    new Map([...before.accounts, ...after.accounts]),
  );
  const found = compareEstates(before.estate, after.estate, { accounts });
  terminal.progress(undefined);
  const compared = { before: before.name, after: after.name, diff: found };
  if (options.json === true) {
    terminal.print(JSON.stringify(diffJson(compared), undefined, 2));
  } else printDiff(terminal, compared);
  const widens = found.differences.some(({ direction }) => direction === "widened");
  return widens ? EXIT.finding : EXIT.ok;
}
