import type { Origin } from "../../estate/estate";
import {
  countsText,
  isEmpty,
  replacementText,
  unchangedTexts,
  type DiffReport,
} from "./diff-report";

/** By which a comment is found again, so that it is kept up to date. */
export const COMMENT_MARK = "<!-- crosstrust diff -->";

/** GitHub takes 65,536 characters; GitLab and others more. */
const LIMIT = 65_536;

/** Rows that stand in the table; further ones are folded. */
const ROWS_SHOWN = 25;

/**
 * What a change does to access, as a comment on a pull request: a line that sums up, a table, the rest
 * folded; never longer than GitHub takes.
 */
export function diffMarkdown(report: DiffReport): string {
  const { before, after } = report;
  const names = `${escape(before)} to ${escape(after)}`;
  const title = isEmpty(report) ? `### No change in access` : `### Access: ${countsText(report)}`;
  const rows = rowsOf(report);
  const shown = rows.slice(0, ROWS_SHOWN);
  const parts = [
    `${COMMENT_MARK}\n${title}\n\n${names}\n`,
    shown.length === 0 ? "" : `\n${table(shown)}`,
  ];
  const more = rows.slice(ROWS_SHOWN);
  const budget = (): number => LIMIT - ENDING - parts.join("").length;
  if (more.length > 0) parts.push(folded(`${more.length} more`, more, budget()));
  const places = placesOf(report);
  if (places.length > 0) parts.push(foldedLines(`where (${places.length})`, places, budget()));
  const rest = restOf(report);
  if (rest.length > 0) parts.push(foldedLines(`besides (${rest.length})`, rest, budget()));
  return parts.join("");
}

/** Room for the ends of folded parts. */
const ENDING = 500;

interface Row {
  readonly group: string;
  readonly text: string;
  readonly stacks: readonly string[];
}

function rowsOf(report: DiffReport): readonly Row[] {
  const { widened, undecided, replaced, narrowed, allowed } = report;
  const stacksOf = (origins: readonly Origin[]): readonly string[] => [
    ...new Set(origins.map(({ stack }) => stack)),
  ];
  return [
    ...widened.map(({ text, origins }) => ({
      group: "**widened**",
      text: escape(text),
      stacks: stacksOf(origins),
    })),
    ...undecided.map(({ text, origins }) => ({
      group: "cannot be told",
      text: escape(text),
      stacks: stacksOf(origins),
    })),
    ...replaced.map((one) => ({
      group: "replaced",
      text: escape(replacementText(one)),
      stacks: one.stacks,
    })),
    ...allowed.map(({ text, origins, entry }) => ({
      group: "allowed",
      text: `${escape(text)}<br>${escape(`${entry.reason} (until ${entry.until})`)}`,
      stacks: stacksOf(origins),
    })),
    ...narrowed.map(({ text, origins }) => ({
      group: "narrowed",
      text: escape(text),
      stacks: stacksOf(origins),
    })),
  ];
}

function table(rows: readonly Row[]): string {
  return ["| | change | stacks |", "| --- | --- | --- |", ...rows.map(rowText)]
    .map((line) => `${line}\n`)
    .join("");
}

function rowText({ group, text, stacks }: Row): string {
  const few = stacks.slice(0, 6).map(escape);
  const more = stacks.length > few.length ? ` and ${stacks.length - few.length} more` : "";
  return `| ${group} | ${cut(text, 2_000)} | ${few.join(", ")}${more} |`;
}

function placesOf({ widened, undecided, narrowed }: DiffReport): readonly string[] {
  const origins = [...widened, ...undecided, ...narrowed].flatMap((sentence) => sentence.origins);
  const places = origins.map(({ stack, address }) => `${stack}: ${address}`);
  return [...new Set(places)].map(escape);
}

function restOf({ unchanged, expired, unused }: DiffReport): readonly string[] {
  return [
    ...unchangedTexts(unchanged),
    ...expired.map(({ place, reason, until }) => `${place}: expired on ${until} (${reason})`),
    ...unused.map(({ place, reason }) => `${place}: allows nothing that changes (${reason})`),
  ].map(escape);
}

function folded(title: string, rows: readonly Row[], budget: number): string {
  const lines = rows.map((row) => `${rowText(row)}\n`);
  const head = `\n<details><summary>${title}</summary>\n\n| | change | stacks |\n| --- | --- | --- |\n`;
  return (
    head +
    fitting(
      lines,
      budget - head.length,
      (left) => `| | and ${left} more: \`crosstrust diff --json\` lists them all | |\n`,
    ) +
    "\n</details>\n"
  );
}

function foldedLines(title: string, lines: readonly string[], budget: number): string {
  const head = `\n<details><summary>${title}</summary>\n\n`;
  if (budget < head.length + ENDING) return "";
  const items = lines.map((line) => `- ${cut(line, 1_000)}\n`);
  return (
    head + fitting(items, budget - head.length, (left) => `- and ${left} more\n`) + "\n</details>\n"
  );
}

function fitting(lines: readonly string[], budget: number, more: (left: number) => string): string {
  let text = "";
  for (const [index, line] of lines.entries()) {
    if (text.length + line.length > budget - ENDING) return text + more(lines.length - index);
    text += line;
  }
  return text;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).replace(/(\\|&[#\w]*)$/, "")} …`;
}

/** As text: nothing in it is formatting, a link or a mention. */
function escape(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#|~!]/g, (character) => `\\${character}`)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/@/g, "&#64;")
    .replace(/\s+/g, " ");
}
