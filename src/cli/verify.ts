import type { Estate } from "../estate/estate";
import type { Model } from "../model/model";
import { list } from "../review/list";
import type { Finding, Told } from "../review/verify/finding";
import { verify as compare } from "../review/verify/verify";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { loadProject } from "./project";
import { estateAt } from "./read-estate";
import { namedKey, rowNames, type RowNames } from "./row-names";
import { count, indent, type Terminal } from "./terminal";

/** Options of `crosstrust verify`. */
export interface VerifyOptions {
  readonly json?: boolean;
  /** What cannot be decided is a finding too. */
  readonly strict?: boolean;
  /** Compares what is deployed, by the states of all stacks. */
  readonly state?: boolean;
}

/** `crosstrust verify`: who can assume what on an estate, compared with accounts.json, both ways. */
export async function verify(
  terminal: Terminal,
  folder: string | undefined,
  options: VerifyOptions,
): Promise<ExitCode> {
  if (options.state === true && folder !== undefined) {
    throw new UsageError("expected a folder or --state, found both; leave one out");
  }
  const { model } = loadProject();
  const estate =
    options.state === true
      ? await (await import("./estate-of-states")).estateOfStates(model, terminal)
      : await estateAt(terminal, model, folder);
  terminal.progress("comparing");
  const { findings, undecided } = compare(model, estate);
  terminal.progress(undefined);
  if (options.json === true) {
    terminal.print(JSON.stringify({ findings, undecided }, undefined, 2));
  } else {
    const names = rowNames(model, []);
    for (const finding of findings) printFinding(terminal, finding, names);
    for (const told of undecided) printTold(terminal, "undecided", told, names);
    terminal.print(summary(terminal, compared(model, estate), findings.length, undecided.length));
  }
  const wrong = findings.length > 0 || (options.strict === true && undecided.length > 0);
  return wrong ? EXIT.finding : EXIT.ok;
}

function printFinding(terminal: Terminal, finding: Finding, names: RowNames): void {
  printTold(terminal, finding.kind, finding, names);
  terminal.print(indent(`do: ${finding.remedy}`));
}

function printTold(terminal: Terminal, title: string, told: Told, names: RowNames): void {
  const { principal, arn, says, accountId, origin, statements } = told;
  const who = principal === undefined ? "" : ` by ${namedKey(principal, names)}`;
  const role = arn === "" ? origin.stack : namedKey(arn, names);
  terminal.print(`${terminal.colors.yellow(title)}: ${role}${who}: ${namedKey(says, names)}`);
  const account = accountId === "" ? [] : [`account ${names.get(accountId) ?? accountId}`];
  const address = origin.address === "" ? [] : [origin.address];
  terminal.print(
    indent([...account, `stack ${origin.stack}`, ...address, ...statements].join(", ")),
  );
}

/** `40 roles, 12 resources and the only way into 1 account`. */
function compared({ roles, onlyPaths }: Model, { resources }: Estate): string {
  const parts = [
    count(roles.length, "role"),
    ...(resources.size > 0 ? [count(resources.size, "resource")] : []),
    ...(onlyPaths.length > 0 ? [`the only way into ${count(onlyPaths.length, "account")}`] : []),
  ];
  return list(parts, parts.length);
}

function summary(
  { colors }: Terminal,
  compared: string,
  findings: number,
  undecided: number,
): string {
  const text = `${compared} compared with accounts.json: ${count(findings, "finding")}, ${undecided} undecided`;
  return findings === 0 ? colors.green(text) : colors.red(text);
}
