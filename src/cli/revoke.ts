import type { Model } from "../model/model";
import { displayName } from "../review/display-name";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { judgeRevocation, type JudgedRevocation } from "./judge-revocation";
import { nextCommands } from "./next-commands";
import { printNext } from "./print-next";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import { revokedTrusts, type RevokedTrusts } from "./revoked-trusts";
import { count, indent, type Terminal } from "./terminal";
import { writeRevocation } from "./write-revocation";

/** Options of `crosstrust revoke ROLE`. */
export interface RevokeOptions {
  readonly principal?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `crosstrust revoke ROLE`: takes trusts out of accounts.json, and says what is left to do. */
export async function revoke(
  terminal: Terminal,
  roleKey: string,
  options: RevokeOptions,
): Promise<ExitCode> {
  const project = loadProject();
  printProblems(terminal, project.warnings);
  const revoked = revokedTrusts(project.model, roleKey, options.principal);
  const judged = await judgeRevocation(terminal, project.model, revoked);
  if (options.json !== true) print(terminal, project.model, revoked, judged);
  const isAgreed = await agree(terminal, options, "Revoke?");
  if (isAgreed) writeRevocation(project, revoked, judged);
  const model = isAgreed ? loadProject().model : judged.after;
  if (options.json === true) printJson(terminal, model, revoked, judged, isAgreed);
  else if (isAgreed) {
    terminal.print(`took ${count(revoked.positions.length, "trust")} out of ${revoked.file}`);
    printNext(terminal, model);
    terminal.print(`Then: npx crosstrust revoke ${roleKey} --seal`);
  } else printUnchanged(terminal, model, options);
  return judged.left.length > 0 ? EXIT.finding : EXIT.ok;
}

/** Whether to go on: not with `--dry-run`, with `--yes` without a question. */
export async function agree(
  terminal: Terminal,
  { dryRun, yes }: RevokeOptions,
  question: string,
): Promise<boolean> {
  if (dryRun === true) return false;
  const answer = yes === true || (await terminal.confirm(question));
  if (answer === undefined) {
    throw new UsageError("expected --yes, because nobody can be asked here; add it to go on");
  }
  return answer;
}

/** Says why nothing was done; of a dry run also what would come next. */
export function printUnchanged(terminal: Terminal, after: Model, { dryRun }: RevokeOptions): void {
  if (dryRun !== true) {
    terminal.print("Left as it is.");
    return;
  }
  printNext(terminal, after);
  terminal.print("Nothing was changed: --dry-run.");
}

function print(
  terminal: Terminal,
  model: Model,
  { file, names, roles }: RevokedTrusts,
  { ended, left, reached }: JudgedRevocation,
): void {
  const accounts = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const name = (arn: string): string => displayName(arn, accounts);
  terminal.print(`This takes out of ${file}: trust in ${names.join(", ")}`);
  terminal.print(
    `In ${count(roles.length, "account")}: ${roles.map(({ account }) => account.name).join(", ")}`,
  );
  terminal.print("Once it is deployed, no new session begins for:");
  const lines = ended.map(({ principal, roleArn }) => `${name(principal)} in ${name(roleArn)}`);
  for (const line of lines.length === 0 ? ["nobody"] : lines) terminal.print(indent(line));
  if (left.length > 0) {
    terminal.print(terminal.colors.red("They still come to be the role another way:"));
    for (const { principal, steps } of left) {
      const way = [principal, ...steps.map(({ roleArn }) => roleArn)];
      terminal.print(indent(way.map(name).join(" -> ")));
    }
  }
  const others = [...new Set([...reached.values()].flatMap((each) => each.roles))];
  terminal.print(
    `Sessions that run by then go on until --seal denies them${
      others.length === 0
        ? ""
        : `, also those in roles that can be assumed from there: ${others.map(name).join(", ")}`
    }.`,
  );
}

function printJson(
  terminal: Terminal,
  model: Model,
  { file, names, positions, roles }: RevokedTrusts,
  { ended, left, reached }: JudgedRevocation,
  changed: boolean,
): void {
  const data = {
    changed,
    file,
    trusts: positions.map((position, index) => ({ position, names: names[index] })),
    roles: roles.map(({ arn }) => ({ roleArn: arn, reaches: reached.get(arn)?.roles ?? [] })),
    ended: ended.map(({ roleArn, principal }) => ({ roleArn, principal })),
    left: left.map(({ principal, steps }) => ({
      principal,
      roleArns: steps.map(({ roleArn }) => roleArn),
    })),
    next: nextCommands(model),
  };
  terminal.print(JSON.stringify(data, undefined, 2));
}
