import type { Origin } from "../estate/estate";
import type { Direction, Replacement } from "../review/diff/difference";
import { sentencesOf } from "../review/diff/sentences";
import type { ComparedEstates } from "./diff-json";
import { count, indent, type Terminal } from "./terminal";

/** What a change does to access, for people. */
export function printDiff(terminal: Terminal, { before, after, diff }: ComparedEstates): void {
  const { colors } = terminal;
  const { differences, replaced, unchanged } = diff;
  const sentences = sentencesOf(differences);
  const paint = { widened: colors.red, narrowed: colors.green, undecided: colors.yellow };
  for (const direction of DIRECTIONS) {
    const told = sentences.filter((sentence) => sentence.direction === direction);
    if (told.length === 0) continue;
    terminal.print(paint[direction](colors.bold(TITLES[direction])));
    for (const { text, origins } of told.slice(0, MOST)) {
      terminal.print(indent(text));
      terminal.print(indent(colors.dim(placesText(origins)), "      "));
    }
    printMore(terminal, told.length);
    terminal.print("");
  }
  if (replaced.length > 0) {
    terminal.print(colors.bold("replaced"));
    for (const one of replaced.slice(0, MOST)) terminal.print(indent(replacementText(one)));
    printMore(terminal, replaced.length);
    terminal.print("");
  }
  if (unchanged.length > 0) {
    terminal.print(colors.bold("unchanged in effect"));
    for (const { label, what } of unchanged.slice(0, MOST)) {
      terminal.print(indent(`the ${what} of ${label} is written otherwise`));
    }
    printMore(terminal, unchanged.length);
    terminal.print("");
  }
  const of = (direction: Direction): number =>
    sentences.filter((sentence) => sentence.direction === direction).length;
  const nothing = sentences.length + replaced.length === 0;
  terminal.print(
    nothing
      ? colors.green(`No change in access between ${before} and ${after}.`)
      : `${before} to ${after}: ${of("widened")} widened, ${of("narrowed")} narrowed, ${count(replaced.length, "role or user", "roles and users")} replaced, ${of("undecided")} undecided`,
  );
}

const DIRECTIONS = ["widened", "undecided", "narrowed"] as const;
const TITLES: Readonly<Record<Direction, string>> = {
  widened: "widened",
  undecided: "cannot be told",
  narrowed: "narrowed",
};

/** Sentences of one kind that are printed. */
const MOST = 40;

function printMore(terminal: Terminal, all: number): void {
  if (all > MOST) terminal.print(indent(`and ${all - MOST} more: --json lists them all`));
}

/** A replaced role or user, with what it breaks and what to do, in one sentence or two. */
export function replacementText({ before, after, because, breaks, stacks }: Replacement): string {
  const what =
    before.label === after.label ? before.label : `${before.label} becomes ${after.label}`;
  const first = `${what}: ${because}`;
  if (breaks.length === 0) return `${first}. No policy here names it.`;
  const labels = [...new Set(breaks.map(({ label }) => label))];
  return `${first}. ${listed(labels)} no longer ${labels.length === 1 ? "lets" : "let"} it in until they are applied again, after it: deploy ${after.origin.stack}, crosstrust confirm, then deploy ${stacks.join(" ")}`;
}

/** Where a difference stands: `stack dev: aws_iam_role.deploy_role`. */
export function placesText(origins: readonly Origin[]): string {
  const shown = origins
    .slice(0, 3)
    .map(({ stack, address }) =>
      address === "" ? `stack ${stack}` : `stack ${stack}: ${address}`,
    );
  return origins.length > 3
    ? `${shown.join("; ")} and ${origins.length - 3} more`
    : shown.join("; ");
}

function listed(labels: readonly string[]): string {
  return labels.length > 5
    ? `${labels.slice(0, 4).join(", ")} and ${labels.length - 4} more`
    : labels.join(", ");
}
