import { deployerControl } from "../model/deployer-control";
import { groupBy } from "../model/group-by";
import { logNotes } from "../model/log-notes";
import type { Model } from "../model/model";
import { sharingNotes } from "../model/sharing-notes";
import { wideRoles, type WideRole } from "../model/wide-roles";
import { lint } from "../lint/lint";
import { applySilences, type IdleSilence, type SilencedFindings } from "../lint/silence";
import { sortProblems, type Problem } from "../source/problem";
import { otherWaysIn } from "../review/only-path/other-ways-in";
import type { OnlyPathReport } from "../review/only-path/other-way";
import { estateOfModel } from "./estate-of-model";
import { EXIT, type ExitCode } from "./exit-code";
import { lintJson, printLint } from "./lint-report";
import { onlyPathJson, printOnlyPaths } from "./only-path-report";
import { printProblems } from "./print-problems";
import { readProject } from "./project";
import { count, type Terminal } from "./terminal";

/**
 * `crosstrust check`: every problem and every warning of the files at once; where they have no error,
 * also the traps in what the stacks would deploy, and other ways into accounts with `onlyPath`.
 */
export async function check(
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const read = readProject();
  const { file, model } = read;
  const errors = read.problems.filter(({ severity }) => severity === "error").length;
  const { linted, paths } =
    model === undefined || errors > 0 ? NOTHING : await judgeStacks(model, terminal);
  const problems = sortProblems([...read.problems, ...linted.idle.map(idleSilence)]);
  const control = model === undefined || errors > 0 ? [] : deployerControl(model);
  const wide = model === undefined || errors > 0 ? [] : wideRoles(model);
  const notes =
    model === undefined || errors > 0 ? [] : [...logNotes(model), ...sharingNotes(model)];
  if (options.json === true) {
    const data = { file, problems, deployerControl: control, wideRoles: wide, notes };
    const judged = {
      lint: lintJson(linted),
      ...(model !== undefined && { onlyPath: onlyPathJson(model, paths) }),
    };
    terminal.print(JSON.stringify({ ...data, ...judged }, undefined, 2));
    return exitCode(errors, linted, paths);
  }
  printProblems(terminal, problems);
  if (model !== undefined) terminal.print(`${file}: ${summary(model)}`);
  for (const line of wideLines(wide)) terminal.print(line);
  for (const note of notes) terminal.print(note);
  if (control.length > 0) {
    terminal.print("Whoever may change or pass the deployer role is the deployer:");
    for (const { principal, because } of control) terminal.print(`  ${principal}  (${because})`);
  }
  if (model !== undefined && errors === 0) printOnlyPaths(terminal, model, paths);
  if (model !== undefined) printLint(terminal, model, linted);
  const ways = paths.otherWays.map(() => ({ severity: "error" }) as const);
  const all = [...problems, ...linted.open.map(({ rule }) => rule), ...ways];
  const wrong = all.filter(({ severity }) => severity === "error").length;
  terminal.print(
    wrong === 0
      ? terminal.colors.green(`no errors, ${count(all.length, "warning")}`)
      : terminal.colors.red(`${count(wrong, "error")}, ${count(all.length - wrong, "warning")}`),
  );
  return exitCode(errors, linted, paths);
}

/** What the stacks would deploy comes to. */
interface Judged {
  readonly linted: SilencedFindings;
  readonly paths: OnlyPathReport;
}

const NOTHING: Judged = {
  linted: { open: [], silenced: [], idle: [] },
  paths: { otherWays: [], notJudged: [] },
};

async function judgeStacks(model: Model, terminal: Terminal): Promise<Judged> {
  const estate = await estateOfModel(model, terminal);
  const linted = applySilences(await lint(estate), model, estate);
  return { linted, paths: otherWaysIn(model, estate) };
}

function idleSilence({ path, location }: IdleSilence): Problem {
  return {
    severity: "warning",
    location,
    path,
    expected: "a finding to silence",
    found: "none",
    remedy: "take it out",
  };
}

/** Bad input goes before findings. */
function exitCode(
  errors: number,
  { open }: SilencedFindings,
  { otherWays }: OnlyPathReport,
): ExitCode {
  if (errors > 0) return EXIT.badInput;
  if (otherWays.length > 0) return EXIT.finding;
  return open.some(({ rule }) => rule.severity === "error") ? EXIT.finding : EXIT.ok;
}

/** A line for each role, whatever the number of its accounts. */
function wideLines(roles: readonly WideRole[]): readonly string[] {
  const grouped = groupBy(roles, ({ role, policies }) =>
    JSON.stringify([role.split("/")[1], policies]),
  );
  return [...grouped.values()].map(([{ role, policies }, ...others]) => {
    const more =
      others.length === 0
        ? " may assume roles that trust its account"
        : `, and the role of that name in ${count(others.length, "other account")}, may assume roles that trust their account`;
    return `${role}${more}, by ${policies.join(" and ")}`;
  });
}

function summary(model: Model): string {
  const planned = model.accounts.filter(({ kind }) => kind === "planned").length;
  const external = model.accounts.filter(({ kind }) => kind === "external").length;
  const details = [
    ...(external > 0 ? [`${external} external`] : []),
    ...(planned > 0 ? [`${planned} planned`] : []),
  ];
  const roles = model.roles.filter(({ key }) => key !== undefined);
  return [
    count(model.accounts.length, "account") +
      (details.length > 0 ? ` (${details.join(", ")})` : ""),
    count(roles.length, "role"),
    count(
      roles.reduce((sum, role) => sum + role.trusts.length, 0),
      "trust",
    ),
    count(model.users.length, "user"),
    count(model.groups.length, "group"),
  ].join(", ");
}
