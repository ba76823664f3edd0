import { stripVTControlCharacters } from "node:util";

/** A narrower column has less than a word in it: such a terminal breaks the lines itself. */
const LEAST_WIDTH = 12;

/** How far the further lines of a cell are indented, so that they are not taken for a row. */
const HANG = "  ";

/**
 * Rows of which no line is wider than `width`, with `gap` after each column: the cells of the widest
 * columns go on in further lines. Nothing is shortened.
 */
export function fitColumns(
  rows: readonly (readonly string[])[],
  width: number,
  gap: number,
): readonly (readonly string[])[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => visibleLength(row[column]))),
  );
  const room = width - gap * (widths.length - 1);
  const most = widestColumn(widths, room);
  if (most === undefined) return rows;
  return rows.map((row) => row.map((cell) => wrap(cell, most)));
}

/** How wide the widest columns may be; undefined where all fit as they are, or none can be made to. */
function widestColumn(widths: readonly number[], room: number): number | undefined {
  const total = (most: number) => widths.reduce((sum, each) => sum + Math.min(each, most), 0);
  let most = Math.max(...widths);
  if (total(most) <= room) return undefined;
  while (most >= LEAST_WIDTH && total(most) > room) most -= 1;
  return most < LEAST_WIDTH ? undefined : most;
}

/** Breaks a text after spaces and what joins the parts of a name, and a longer part where it must. */
function wrap(text: string, most: number): string {
  if (visibleLength(text) <= most) return text;
  const longest = new RegExp(`.{1,${most - HANG.length}}`, "g");
  const parts = text
    .split(/(?<=[\s/:,._-])/)
    .flatMap(
      (part) => (visibleLength(part) > most - HANG.length ? part.match(longest) : part) ?? [],
    );
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (visibleLength((line + part).trimEnd()) > most) {
      lines.push(line.trimEnd());
      line = HANG;
    }
    line += part;
  }
  return [...lines, line].join("\n");
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
