import Table from "cli-table3";
import type { createColors } from "picocolors";
import { fitColumns } from "./fit-columns";

/** Where a command writes, and what it may assume of the reader. */
export interface Terminal {
  /** The result: what a program or a pipe takes. */
  print(text: string): void;
  /** Problems, progress and questions. */
  note(text: string): void;
  /** Asks for a yes; undefined where nobody can answer. */
  confirm(question: string): Promise<boolean | undefined>;
  readonly colors: ReturnType<typeof createColors>;
  /** How wide the result may be; undefined where no person reads it: a pipe, a file, CI. */
  readonly columns?: number;
  /** Shows a line that goes away again; does nothing where there is no terminal. */
  progress(text: string | undefined): void;
}

/**
 * A table with aligned columns and no lines, indented by `left`. On a terminal the cells go on in further
 * lines where a row is wider; elsewhere a row is a line.
 */
export function formatTable(
  terminal: Terminal,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left = "",
): string {
  const cells = [head.map((title) => terminal.colors.bold(title)), ...rows];
  const { columns } = terminal;
  const [titles, ...fitted] =
    columns === undefined ? cells : fitColumns(cells, columns - left.length, GAP);
  const table = new Table({
    head: [...titles],
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP, compact: true },
  });
  table.push(...fitted.map((row) => [...row]));
  return indent(
    table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n"),
    left,
  );
}

/** Spaces between columns. */
const GAP = 2;

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

/** `1 trust`, `2 trusts`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}

/** Indents every line. */
export function indent(text: string, by = "  "): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? line : by + line))
    .join("\n");
}
