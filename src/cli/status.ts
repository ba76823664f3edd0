import { EXIT, type ExitCode } from "./exit-code";
import { nextCommands, recheckCommands } from "./next-commands";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { compareWith, printSince } from "./status-since";
import { revokedLines } from "./revoked-lines";
import { isOpen, statusRows, type StatusRow } from "./status-row";
import { count, formatTable, type Terminal } from "./terminal";

/** Up to so many trusts are all listed; beyond, so many of the open ones. */
const MOST_ROWS = 40;

const STATES = ["waiting", "due", "done", "by design"] as const;

/** Options of `crosstrust status`. */
export interface StatusOptions {
  readonly json?: boolean;
  readonly failOnOpen?: boolean;
  /** A git revision to compare with. */
  readonly since?: string;
}

/** `crosstrust status`: how far each trust is, and what to run next. */
export async function status(terminal: Terminal, options: StatusOptions): Promise<ExitCode> {
  const project = loadProject();
  const { model, warnings } = project;
  const trusts = statusRows(model);
  const revoked = revokedLines(model, new Date());
  const since = options.since === undefined ? undefined : await compareWith(project, options.since);
  if (options.json === true) {
    const data = {
      trusts,
      revoked,
      next: nextCommands(model),
      recheck: recheckCommands(model),
      warnings,
      ...(since !== undefined && { since }),
    };
    terminal.print(JSON.stringify(data, undefined, 2));
  } else {
    printProblems(terminal, warnings);
    if (since !== undefined) printSince(terminal, since);
    else {
      printRows(terminal, trusts);
      for (const { text } of revoked) terminal.print(text);
      printNext(terminal, model);
    }
  }
  return options.failOnOpen === true && trusts.some(isOpen) ? EXIT.finding : EXIT.ok;
}

function printRows(terminal: Terminal, rows: readonly StatusRow[]): void {
  const candidates = rows.length <= MOST_ROWS ? rows : rows.filter(isOpen);
  const shown = candidates.slice(0, MOST_ROWS);
  const { colors } = terminal;
  const paint = { waiting: colors.yellow, due: colors.yellow, done: colors.green } as const;
  if (shown.length > 0) {
    terminal.print(
      formatTable(
        terminal,
        ["trusting", "trusts", "stage", "state", "lets in"],
        shown.map(({ trusting, trusts, stage, state, letsIn }) => [
          trusting,
          trusts,
          stage,
          state === "by design" ? state : paint[state](state),
          letsIn,
        ]),
      ),
    );
    terminal.print("");
  }
  if (shown.length < candidates.length) {
    const left = candidates.length - shown.length;
    terminal.print(`and ${left.toLocaleString("en-US")} more that are open; --json lists them all`);
  }
  const counts = STATES.map((state) => {
    const number = rows.filter((row) => row.state === state).length;
    return `${number.toLocaleString("en-US")} ${state}`;
  });
  terminal.print(`${count(rows.length, "trust")}: ${counts.join(", ")}`);
}
