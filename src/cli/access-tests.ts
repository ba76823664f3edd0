import { dirname } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { mainFile } from "../model/read-model";
import { findAccessTests, readAccessTests } from "../review/access-tests/read-access-tests";
import { runAccessTests, type AccessTestResult } from "../review/access-tests/run-access-tests";
import { displayPath } from "../source/display-path";
import { ProblemsError } from "../source/problem";
import { explanationOf } from "./access-test-explanation";
import { accessTestsJunit } from "./access-tests-junit";
import { accessTestsJson } from "./access-tests-json";
import { noteUnread, readAsked, type AskOptions } from "./ask";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import type { Shown } from "./print-ways";
import { count, indent, type Terminal } from "./terminal";

/** Options of `crosstrust test`. */
export interface AccessTestsOptions extends AskOptions {
  /** The tests. @default - access-tests.json or .yaml beside the accounts file */
  readonly file?: string;
  /** Where a report for CI is written. */
  readonly junit?: string;
}

/** `crosstrust test`: judges what people wrote down about who may get where. */
export async function accessTests(
  terminal: Terminal,
  options: AccessTestsOptions,
): Promise<ExitCode> {
  const { estate, book } = await readAsked(terminal, options);
  const file = options.file ?? findAccessTests(mainFile());
  const { tests, problems } = await readAccessTests(file, estate, book);
  if (problems.length > 0) throw new ProblemsError(problems);
  terminal.progress("judging");
  const results = runAccessTests(estate, tests);
  terminal.progress(undefined);
  const shown: Shown = (arn) => book.shown(arn);
  if (options.junit !== undefined) writeReport(options.junit, accessTestsJunit(results, shown));
  if (options.json === true) terminal.print(accessTestsJson(displayPath(file), results, shown));
  else printResults(terminal, results, shown);
  noteUnread(terminal, estate);
  return results.every(({ passed }) => passed) ? EXIT.ok : EXIT.finding;
}

function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(
      `expected a file that can be written for --junit, found ${file}; name another one (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

function printResults(
  terminal: Terminal,
  results: readonly AccessTestResult[],
  shown: Shown,
): void {
  const { colors } = terminal;
  for (const result of results) {
    const { name, location } = result.test;
    if (result.passed) {
      terminal.print(`${colors.green("ok  ")}  ${name}`);
      continue;
    }
    terminal.print(`${colors.red("FAIL")}  ${name}`);
    const { file, line, column } = location;
    terminal.print(
      indent([`${file}:${line}:${column}`, ...explanationOf(result, shown)].join("\n"), "      "),
    );
  }
  const failed = results.filter(({ passed }) => !passed).length;
  const text = `${count(results.length, "access test")}: ${results.length - failed} passed, ${failed} failed`;
  terminal.print(`\n${failed === 0 ? colors.green(text) : colors.red(text)}`);
}
