import type { Access } from "../estate/access";
import { tryParseIamArn } from "../iam/arn";
import type { Model } from "../model/model";
import type { RehearsedChange } from "../rehearsal/rehearse-change";
import type { Rehearsal } from "../rehearsal/rollout";
import type { Outcome, RehearsedStep } from "../rehearsal/round";
import { isStandIn } from "../rehearsal/world";
import type { Revision } from "./read-revision";
import { countChanges } from "./rehearsal-json";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** Up to so many accesses are all listed in a step; beyond, so many of those wider than their end. */
const MOST_ROWS = 40;

/** Who deploys, as the steps say it. */
const BY = {
  administrator: "an administrator of the management account",
  "hub-administrator": "the hub's administrator",
  deployer: "the deployer",
} as const;

function namesOf(...models: readonly Model[]): ReadonlyMap<string, string> {
  return new Map(models.flatMap(({ accounts }) => accounts.map(({ id, name }) => [id, name])));
}

/** The steps of a rollout, and how it ended. */
export function printRehearsal(terminal: Terminal, model: Model, rehearsal: Rehearsal): void {
  printSteps(terminal, namesOf(model), rehearsal);
}

/** What was before a change, its steps, and which accesses it brought and took away. */
export function printChange(
  terminal: Terminal,
  { revision, model: before }: Revision,
  after: Model,
  change: RehearsedChange,
): void {
  const names = namesOf(before, after);
  const { colors } = terminal;
  terminal.print(`${colors.bold("before")}: ${revision}, rolled out`);
  printAccess(terminal, names, change.before);
  printOutcome(terminal, change.before.outcome);
  if (change.before.outcome.kind === "refused") return;
  terminal.print("");
  printSteps(terminal, names, change);
  if (change.outcome.kind === "refused") return;
  terminal.print("");
  terminal.print(
    `${colors.bold("after")}: ${count(change.gained.length, "access", "accesses")} new, ${change.lost.length} gone`,
  );
  for (const [title, access] of [
    ["new", change.gained],
    ["gone", change.lost],
  ] as const) {
    if (access.length === 0) continue;
    terminal.print(indent(`${title}:`));
    printRows(terminal, names, access.slice(0, MOST_ROWS));
    if (access.length > MOST_ROWS) terminal.print(indent("--json lists them all"));
  }
}

function printSteps(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  { steps, outcome }: Rehearsal,
): void {
  steps.forEach((step, position) => printStep(terminal, names, step, position + 1));
  printOutcome(terminal, outcome);
}

function printOutcome(terminal: Terminal, outcome: Outcome): void {
  const { colors } = terminal;
  switch (outcome.kind) {
    case "tightened":
      terminal.print(colors.green("Everything is tightened."));
      return;
    case "waiting":
      terminal.print(
        `${colors.yellow("Waiting")} for ${outcome.principals.join(", ")}: no stack here makes it; ` +
          "its owner tells you its unique ID, then npx crosstrust confirm --principal ARN --unique-id ID",
      );
      return;
    case "refused":
      terminal.print(colors.red(`Refused in stack ${outcome.stack}: ${outcome.error}`));
      if (outcome.address !== undefined) terminal.print(`  at ${outcome.address}`);
      if (outcome.reason !== undefined) terminal.print(`  ${outcome.reason}`);
  }
}

function printStep(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  step: RehearsedStep,
  number: number,
): void {
  const { colors } = terminal;
  terminal.print(
    colors.bold(`${number}. ${step.name}`) +
      `: ${deployerOf(step, names)} ${step.name === "destroy" ? "destroys" : "deploys"} ${list(step.stacks.map(({ stack }) => stack))}`,
  );
  terminal.print(indent(changesOf(step)));
  printAccess(terminal, names, step);
  if (step.confirmation !== undefined) {
    const { confirmed, applied } = step.confirmation;
    terminal.print(
      indent(
        `crosstrust confirm: ${count(confirmed.length, "principal")} confirmed, applied trusts of ${count(applied.length, "role")} recorded`,
      ),
    );
  }
  terminal.print("");
}

function deployerOf({ by, principal }: RehearsedStep, names: ReadonlyMap<string, string>): string {
  return isStandIn(principal)
    ? "an administrator outside of these accounts"
    : `${BY[by]} (${nameOf(principal, names)})`;
}

function printAccess(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  { access, wider }: Pick<RehearsedStep, "access" | "wider">,
): void {
  const shown = access.length <= MOST_ROWS ? access : (wider ?? []).slice(0, MOST_ROWS);
  if (shown.length > 0) printRows(terminal, names, shown, new Set(wider));
  const numbers = [
    count(access.length, "access", "accesses"),
    ...(wider === undefined
      ? []
      : [`${wider.length.toLocaleString("en-US")} wider than their end`]),
    ...(shown.length < access.length ? ["--json lists them all"] : []),
  ];
  terminal.print(indent(numbers.join(", ")));
}

function printRows(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  access: readonly Access[],
  wider: ReadonlySet<Access> = new Set(),
): void {
  const rows = access.map((each) => [
    nameOf(each.roleArn, names),
    nameOf(each.principal, names),
    each.result === "unknown" ? `${each.by} (unknown)` : each.by,
    wider.has(each) ? terminal.colors.yellow("wider than its end") : "",
    each.needs.join(", "),
  ]);
  const head = ["role", "can be assumed by", "let in as", "", "with"];
  terminal.print(indent(formatTable(terminal, head, rows)));
}

function changesOf({ stacks }: RehearsedStep): string {
  const counts = Object.entries(countChanges(stacks));
  return counts.length === 0
    ? "no changes"
    : counts.map(([action, number]) => `${number.toLocaleString("en-US")} to ${action}`).join(", ");
}

function list(stacks: readonly string[]): string {
  return stacks.length > 6
    ? `${stacks.slice(0, 5).join(", ")} and ${stacks.length - 5} more`
    : stacks.join(", ");
}

function nameOf(arn: string, names: ReadonlyMap<string, string>): string {
  const parsed = tryParseIamArn(arn);
  if (parsed === undefined) return arn;
  const account = names.get(parsed.accountId) ?? parsed.accountId;
  if (parsed.type === "oidc-provider") return parsed.name;
  if (parsed.type === "root") return `account ${account}`;
  return `${account}/${parsed.type === "user" ? "user " : ""}${parsed.name}`;
}
