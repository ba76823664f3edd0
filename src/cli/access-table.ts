import { displayName } from "../review/display-name";
import type { AccessAt, AccessChange } from "./access-changes";
import { count, formatTable, indent, type Terminal } from "./terminal";

/** So many accesses are listed at most, those wider than their end before the others. */
const MOST_ROWS = 60;

/** All of who can assume what. */
export function printAccess(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  at: AccessAt,
): void {
  const wider = new Set(at.wider);
  const rows = at.access.map((access) => ({ access, wider: wider.has(access) }));
  if (rows.length > 0) printRows(terminal, names, rows);
  terminal.print(indent(numbersOf(at)));
}

/** How many there are; `changed`: how many rows of changes were shown. */
export function numbersOf({ access, wider }: AccessAt, changed?: number): string {
  return [
    count(access.length, "access", "accesses"),
    ...(wider === undefined
      ? []
      : [`${wider.length.toLocaleString("en-US")} wider than their end`]),
    ...(changed === 0 ? ["as before"] : []),
  ].join(", ");
}

/** A row of the table; of a change with its mark. */
type Row = Omit<AccessChange, "mark"> & Partial<Pick<AccessChange, "mark">>;

/** With a mark in front where changes are shown. */
export function printRows(
  terminal: Terminal,
  names: ReadonlyMap<string, string>,
  rows: readonly Row[],
): void {
  const { colors } = terminal;
  const marks = { "+": colors.green, "-": colors.red, "~": colors.yellow };
  const ordered =
    rows.length <= MOST_ROWS
      ? rows
      : [...rows.filter(({ wider }) => wider), ...rows.filter(({ wider }) => !wider)];
  const cells = ordered
    .slice(0, MOST_ROWS)
    .map((row) => [
      ...(row.mark === undefined ? [] : [marks[row.mark](row.mark)]),
      displayName(row.access.roleArn, names),
      displayName(row.access.principal, names),
      row.access.result === "unknown" ? `${row.access.by} (unknown)` : row.access.by,
      row.wider ? colors.yellow("wider than its end") : "",
      row.access.needs.join(", "),
    ]);
  const head = ["role", "can be assumed by", "let in as", "", "with"];
  const isMarked = rows.some(({ mark }) => mark !== undefined);
  terminal.print(formatTable(terminal, isMarked ? ["", ...head] : head, cells, "  "));
  if (rows.length > MOST_ROWS) {
    terminal.print(
      indent(`and ${count(rows.length - MOST_ROWS, "more row")}: --json lists them all`),
    );
  }
}
