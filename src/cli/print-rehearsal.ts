import type { Model } from "../model/model";
import type { RehearsedChange } from "../rehearsal/rehearse-change";
import type { Rehearsal } from "../rehearsal/rollout";
import type { Outcome, RehearsedStep } from "../rehearsal/round";
import { isStandIn } from "../rehearsal/world";
import { accessChanges, type AccessAt, type AccessChange } from "./access-changes";
import { displayName } from "../review/display-name";
import { numbersOf, printAccess, printRows } from "./access-table";
import type { Revision } from "./read-revision";
import { countChanges } from "./rehearsal-json";
import { count, indent, type Terminal } from "./terminal";

const NOBODY: AccessAt = { access: [] };

/** Who deploys, as the steps say it. */
const BY = {
  administrator: "an administrator of the management account",
  "hub-administrator": "the hub's administrator",
  deployer: "the deployer",
} as const;

function namesOf(...models: readonly Model[]): ReadonlyMap<string, string> {
  return new Map(models.flatMap(({ accounts }) => accounts.map(({ id, name }) => [id, name])));
}

/** The steps of a rollout with what each changes, who can assume what after the last, and how it ended. */
export function printRehearsal(terminal: Terminal, model: Model, rehearsal: Rehearsal): void {
  const names = namesOf(model);
  printSteps(terminal, names, rehearsal, NOBODY);
  const end = rehearsal.steps.at(-1);
  if (end !== undefined && rehearsal.outcome.kind !== "refused") {
    terminal.print(terminal.colors.bold("in the end"));
    printAccess(terminal, names, end);
    terminal.print("");
  }
  printOutcome(terminal, rehearsal.outcome);
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
  printSteps(terminal, names, change, change.before);
  printOutcome(terminal, change.outcome);
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
    printRows(
      terminal,
      names,
      access.map((each) => ({ access: each, wider: false })),
    );
  }
}

function printSteps(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  { steps }: Pick<Rehearsal, "steps">,
  before: AccessAt,
): void {
  steps.forEach((step, position) => {
    const changes = accessChanges(position === 0 ? before : steps[position - 1], step);
    printStep(terminal, names, step, position + 1, changes);
  });
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
  changes: readonly AccessChange[],
): void {
  const { colors } = terminal;
  terminal.print(
    colors.bold(`${number}. ${step.name}`) +
      `: ${deployerOf(step, names)} ${step.name === "destroy" ? "destroys" : "deploys"} ${list(step.stacks.map(({ stack }) => stack))}`,
  );
  terminal.print(indent(changesOf(step)));
  if (changes.length > 0) printRows(terminal, names, changes);
  terminal.print(indent(numbersOf(step, changes.length)));
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
    : `${BY[by]} (${displayName(principal, names)})`;
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
