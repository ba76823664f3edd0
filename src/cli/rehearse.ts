import { tryParseIamArn } from "../iam/arn";
import type { Model } from "../model/model";
import { rehearse as roll, type Rehearsal, type RehearsedStep } from "../rehearsal/rollout";
import { isStandIn } from "../rehearsal/world";
import { EXIT, type ExitCode } from "./exit-code";
import { loadExtension, loadProject } from "./project";
import { countChanges, rehearsalJson } from "./rehearsal-json";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** Up to so many accesses are all listed in a step; beyond, so many of those wider than their end. */
const MOST_ROWS = 40;

/** Who deploys, as the steps say it. */
const BY = {
  administrator: "an administrator of the management account",
  "hub-administrator": "the hub's administrator",
  deployer: "the deployer",
} as const;

/** `crosstrust rehearse`: the whole rollout offline, step by step. */
export async function rehearse(
  terminal: Terminal,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  const { model } = loadProject();
  const extend = await loadExtension();
  const rehearsal = roll(model, extend, ({ name, stacks }) =>
    terminal.progress(`rehearsing: ${name}, ${count(stacks.length, "stack")}`),
  );
  terminal.progress(undefined);
  if (options.json === true) terminal.print(JSON.stringify(rehearsalJson(rehearsal), undefined, 2));
  else print(terminal, model, rehearsal);
  return rehearsal.outcome.kind === "refused" ? EXIT.finding : EXIT.ok;
}

function print(terminal: Terminal, model: Model, { steps, outcome }: Rehearsal): void {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  steps.forEach((step, position) => printStep(terminal, names, step, position + 1));
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
      `: ${deployerOf(step, names)} deploys ${list(step.stacks.map(({ stack }) => stack))}`,
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
  { access, wider }: RehearsedStep,
): void {
  const isWider = new Set(wider);
  const shown = access.length <= MOST_ROWS ? access : (wider ?? []).slice(0, MOST_ROWS);
  if (shown.length > 0) {
    const rows = shown.map((each) => [
      nameOf(each.roleArn, names),
      nameOf(each.principal, names),
      each.result === "unknown" ? `${each.by} (unknown)` : each.by,
      isWider.has(each) ? terminal.colors.yellow("wider than its end") : "",
      each.needs.join(", "),
    ]);
    const head = ["role", "can be assumed by", "let in as", "", "with"];
    terminal.print(indent(formatTable(terminal, head, rows)));
  }
  const numbers = [
    count(access.length, "access", "accesses"),
    ...(wider === undefined
      ? []
      : [`${wider.length.toLocaleString("en-US")} wider than their end`]),
    ...(shown.length < access.length ? ["--json lists them all"] : []),
  ];
  terminal.print(indent(numbers.join(", ")));
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
