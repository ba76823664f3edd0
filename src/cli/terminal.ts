import Table from "cli-table3";
import type { createColors } from "picocolors";

/** Where a command writes, and what it may assume of the reader. */
export interface Terminal {
  /** The result: what a program or a pipe takes. */
  print(text: string): void;
  /** Problems, progress and questions. */
  note(text: string): void;
  /** Asks for a yes; undefined where nobody can answer. */
  confirm(question: string): Promise<boolean | undefined>;
  readonly colors: ReturnType<typeof createColors>;
  /** Shows a line that goes away again; does nothing where there is no terminal. */
  progress(text: string | undefined): void;
}

/** A table with aligned columns and no lines, as plain in a pipe as on a terminal. */
export function formatTable(
  terminal: Terminal,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: head.map((title) => terminal.colors.bold(title)),
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

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
