import type { Access } from "../estate/access";
import { tryParseIamArn } from "../iam/arn";
import type { Model } from "../model/model";
import type { Change } from "../rehearsal/apply";
import { rehearse as roll, type Rehearsal, type RehearsedStep } from "../rehearsal/rollout";
import { EXIT, type ExitCode } from "./exit-code";
import { loadExtension, loadProject } from "./project";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** Up to so many accesses are listed in a step; beyond, those that are wider than their end. */
const LIST_ALL = 40;

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
  if (options.json === true) terminal.print(JSON.stringify(rehearsal, undefined, 2));
  else print(terminal, model, rehearsal);
  return rehearsal.outcome.kind === "refused" ? EXIT.finding : EXIT.ok;
}

function print(terminal: Terminal, model: Model, { steps, outcome }: Rehearsal): void {
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const end = new Set(outcome.kind === "refused" ? [] : (steps.at(-1)?.access ?? []).map(keyOf));
  steps.forEach((step, position) => {
    printStep(terminal, names, step, position + 1, end);
  });
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
  end: ReadonlySet<string>,
): void {
  const { colors } = terminal;
  const who = nameOf(step.principal, names);
  terminal.print(
    colors.bold(`${number}. ${step.name}`) +
      `: ${BY[step.by]} (${who}) deploys ${list(step.stacks.map(({ stack }) => stack))}`,
  );
  terminal.print(indent(changesOf(step)));
  const wider = step.access.filter((access) => !end.has(keyOf(access)));
  const shown = step.access.length <= LIST_ALL ? step.access : wider.slice(0, LIST_ALL);
  if (shown.length > 0) {
    terminal.print(
      indent(
        formatTable(
          terminal,
          ["role", "can be assumed by", "let in as", "", "with"],
          shown.map((access) => [
            nameOf(access.roleArn, names),
            nameOf(access.principal, names),
            access.by,
            end.has(keyOf(access)) ? "" : colors.yellow("wider than its end"),
            access.needs.join(", "),
          ]),
        ),
      ),
    );
  }
  terminal.print(
    indent(
      `${count(step.access.length, "access", "accesses")}, ${wider.length} wider than their end`,
    ),
  );
  if (step.confirmation !== undefined) {
    terminal.print(
      indent(
        `crosstrust confirm: ${count(step.confirmation.confirmed.length, "principal")} confirmed, applied trusts of ${count(step.confirmation.applied.length, "role")} recorded`,
      ),
    );
  }
  terminal.print("");
}

/** The same access by a wider principal is another one. */
function keyOf({ roleArn, principal, by }: Access): string {
  return `${roleArn} ${principal} ${by}`;
}

function changesOf({ stacks }: RehearsedStep): string {
  const changes = stacks.flatMap(({ result }) => result.changes);
  const counts = new Map<Change["action"], number>();
  for (const { action } of changes) counts.set(action, (counts.get(action) ?? 0) + 1);
  if (changes.length === 0) return "no changes";
  return [...counts].map(([action, number]) => `${number} to ${action}`).join(", ");
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
