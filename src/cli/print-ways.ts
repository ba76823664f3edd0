import type { DecidingPlace } from "../review/ask/decide-on";
import type { Step, Way } from "../review/ask/way";
import { count, indent, type Terminal } from "./terminal";

/** Shows an ARN as people know the thing. */
export type Shown = (arn: string) => string;

/** So many ways are printed at most. */
const MOST_WAYS = 60;

/** A way, or several that differ in their action alone. */
export interface PrintedWay {
  readonly way: Way;
  /** What is done in the end. @default - the last role is assumed */
  readonly actions?: readonly string[];
}

/** Prints ways with what each needs and the statements that decide. */
export function printWays(terminal: Terminal, ways: readonly PrintedWay[], shown: Shown): void {
  for (const way of ways.slice(0, MOST_WAYS)) printWay(terminal, way, shown);
  const more = ways.length - MOST_WAYS;
  if (more > 0) terminal.print(indent(`and ${count(more, "more way")}: --json lists them all`));
}

function printWay(terminal: Terminal, { way, actions }: PrintedWay, shown: Shown): void {
  const { colors } = terminal;
  const { principal, steps, result, notInConsole } = way;
  const chain = [principal, ...steps.map(({ arn }) => arn)].map(shown).join(" -> ");
  const only = steps.length === 1 ? withNeeds(steps[0]) : "";
  const unknown = result === "unknown" ? `  ${colors.yellow("unknown")}` : "";
  terminal.print(indent(`${colors.bold(chain)}${only}${unknown}`));
  if (actions !== undefined) terminal.print(indent(actions.join(", "), "    "));
  steps.forEach((step, index) => {
    const isLast = index === steps.length - 1;
    if (steps.length > 1) {
      const what = isLast && actions !== undefined ? "then" : `assumes ${shown(step.arn)}`;
      terminal.print(indent(`${index + 1}. ${what}${withNeeds(step)}`, "    "));
    }
    const deep = steps.length > 1 ? "       " : "    ";
    for (const place of step.places) terminal.print(indent(placeText(place, shown), deep));
    if (step.reason !== undefined) terminal.print(indent(step.reason, deep));
  });
  if (notInConsole !== undefined) {
    terminal.print(indent(`not in the console: ${notInConsole}`, "    "));
  }
}

function withNeeds({ needs }: Step): string {
  return needs.length === 0 ? "" : `, with ${needs.join(", ")}`;
}

/** `trust policy of prod/Admin, statement 0 (Sid): stack prod, aws_iam_role.x`. */
export function placeText(place: DecidingPlace, shown: Shown): string {
  const { policy, holder, statement, sid, group, origin } = place;
  if (origin === undefined) return "what the owner of its account permits";
  const of = group === undefined ? shown(holder) : `group ${group}`;
  const name = sid === undefined ? "" : ` (${sid})`;
  const address = origin.address === "" ? "" : `, ${origin.address}`;
  const where = origin.stack === "" ? "" : `: stack ${origin.stack}${address}`;
  return `${policyName(policy)} of ${of}, statement ${statement}${name}${where}`;
}

/** A managed policy goes by its name. */
function policyName(policy: string): string {
  return policy.replace(/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/(.*\/)?/, "");
}

/** Ways that differ in their action alone, as one. */
export function groupWays<T extends Way & { readonly action: string }>(
  ways: readonly T[],
): readonly PrintedWay[] {
  const groups = new Map<string, { readonly way: T; readonly actions: string[] }>();
  for (const way of ways) {
    const steps = way.steps.map(({ arn, result, needs, places, reason }) => [
      ...[arn, result, needs, places],
      reason?.replaceAll(way.action, ""),
    ]);
    const key = JSON.stringify([way.principal, way.result, steps]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { way, actions: [way.action] });
    else known.actions.push(way.action);
  }
  return [...groups.values()];
}
