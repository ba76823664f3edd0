import type { Origin } from "../estate/estate";
import type { AllowEntry } from "../review/diff/allowed-changes";
import {
  countsText,
  isEmpty,
  replacementText,
  unchangedTexts,
  type DiffReport,
} from "../review/diff/diff-report";
import type { Sentence } from "../review/diff/sentences";
import { indent, type Terminal } from "./terminal";

/** What a change does to access, for people. */
export function printDiff(terminal: Terminal, report: DiffReport): void {
  const { colors } = terminal;
  const { before, after, widened, allowed, undecided, narrowed, replaced, unchanged } = report;
  printGroup(terminal, colors.red("widened"), widened.map(sentenceLines));
  printGroup(
    terminal,
    "widened, and allowed",
    allowed.map((one) => [...sentenceLines(one), entryText(one.entry)]),
  );
  printGroup(terminal, colors.yellow("cannot be told"), undecided.map(sentenceLines));
  printGroup(terminal, colors.green("narrowed"), narrowed.map(sentenceLines));
  printGroup(
    terminal,
    "replaced",
    replaced.map((one) => [replacementText(one)]),
  );
  printGroup(
    terminal,
    "unchanged in effect",
    unchangedTexts(unchanged).map((text) => [text]),
  );
  for (const entry of report.expired) {
    terminal.note(
      `${colors.yellow("warning")}: ${entry.place}: expired on ${entry.until}, so that it allows nothing; take it out, or agree to it anew`,
    );
  }
  for (const entry of report.unused) {
    terminal.note(
      `${colors.yellow("warning")}: ${entry.place}: allows nothing that this change widens; take it out`,
    );
  }
  terminal.print(
    isEmpty(report)
      ? colors.green(`No change in access between ${before} and ${after}.`)
      : `${before} to ${after}: ${countsText(report)}`,
  );
}

function printGroup(
  terminal: Terminal,
  title: string,
  entries: readonly (readonly string[])[],
): void {
  if (entries.length === 0) return;
  const { colors } = terminal;
  terminal.print(colors.bold(title));
  for (const [text, ...details] of entries.slice(0, MOST)) {
    terminal.print(indent(text));
    for (const detail of details) terminal.print(indent(colors.dim(detail), "      "));
  }
  if (entries.length > MOST) {
    terminal.print(indent(`and ${entries.length - MOST} more: --json lists them all`));
  }
  terminal.print("");
}

/** Sentences of one group that are printed. */
const MOST = 40;

function sentenceLines({ text, origins }: Sentence): readonly string[] {
  return [text, placesText(origins)];
}

function entryText({ place, reason, until }: AllowEntry): string {
  return `${place}: ${reason} (until ${until})`;
}

/** Where a difference stands: `stack dev: aws_iam_role.deploy_role`. */
function placesText(origins: readonly Origin[]): string {
  const shown = origins
    .slice(0, 3)
    .map(({ stack, address }) =>
      address === "" ? `stack ${stack}` : `stack ${stack}: ${address}`,
    );
  return origins.length > 3
    ? `${shown.join("; ")} and ${origins.length - 3} more`
    : shown.join("; ");
}
