import { existsSync } from "node:fs";
import { mainFile } from "../model/read-model";
import { accountNames } from "../review/diff/account-names";
import { setApart } from "../review/diff/allowed-changes";
import { compareEstates } from "../review/diff/compare-estates";
import { diffMarkdown } from "../review/diff/diff-markdown";
import { diffReport, type DiffReport } from "../review/diff/diff-report";
import { diffSarif } from "../review/diff/diff-sarif";
import { displayPath } from "../source/display-path";
import { readAllowFile } from "./allow-file";
import { diffJson } from "./diff-json";
import { EXIT, type ExitCode } from "./exit-code";
import { printDiff } from "./print-diff";
import { namedEstates } from "./read-estates";
import type { Terminal } from "./terminal";

/** Options of `crosstrust diff`; of `json`, `markdown` and `sarif` one at most. */
export interface DiffOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly sarif?: boolean;
  /** A file with widenings that somebody agreed to. */
  readonly allow?: string;
}

/** `crosstrust diff`: what a change does to access, in sentences. */
export async function diff(
  terminal: Terminal,
  beforeWord: string,
  afterWord: string | undefined,
  options: DiffOptions,
): Promise<ExitCode> {
  const entries = options.allow === undefined ? [] : readAllowFile(options.allow);
  const [before, after] = await namedEstates(terminal, beforeWord, afterWord);
  terminal.progress("comparing");
  const accounts = accountNames(
    [before.estate, after.estate],
    new Map([...before.accounts, ...after.accounts]),
  );
  const found = compareEstates(before.estate, after.estate, { accounts });
  const today = new Date().toISOString().slice(0, 10);
  const judged = setApart(found.differences, entries, today);
  const names = { before: before.name, after: after.name };
  // Programs take all names.
  const most = options.json === true ? Infinity : undefined;
  const report = diffReport(names, found, judged, most);
  terminal.progress(undefined);
  printAs(terminal, report, options);
  return report.widened.length > 0 ? EXIT.finding : EXIT.ok;
}

function printAs(
  terminal: Terminal,
  report: DiffReport,
  { json, markdown, sarif }: DiffOptions,
): void {
  const data = (value: unknown): void => terminal.print(JSON.stringify(value, undefined, 2));
  if (json === true) data(diffJson(report));
  else if (markdown === true) terminal.print(diffMarkdown(report).trimEnd());
  else if (sarif === true) data(diffSarif(report, fileToChange()));
  else printDiff(terminal, report);
}

/** What a finding is shown at: the accounts file; without one the stacks' manifest. */
function fileToChange(): string {
  const file = mainFile();
  return existsSync(file) ? displayPath(file) : "manifest.json";
}
