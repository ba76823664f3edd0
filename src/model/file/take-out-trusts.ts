import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { isSeq, parseDocument, type Node } from "yaml";
import type { DataPath } from "../../source/source-document";

/**
 * The text of an accounts file without some of a role's trusts; everything else of it stays as it is,
 * character by character. `path`: of the role's `trusts`; `positions`: in that list. An empty list stays
 * where all are taken out: it says that nobody is trusted.
 */
export function takeOutTrusts(
  file: string,
  text: string,
  path: DataPath,
  positions: readonly number[],
): string {
  const lastFirst = [...positions].sort((a, b) => b - a);
  return /\.ya?ml$/i.test(file)
    ? takeOutOfYaml(text, path, lastFirst)
    : takeOutOfJson(text, path, lastFirst);
}

function takeOutOfJson(text: string, path: DataPath, lastFirst: readonly number[]): string {
  const tree = parseTree(text);
  const list = tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
  if (list?.children === undefined) throw new Error(`${path.join(".")} is no list`);
  const items = list.children.map(spanOf);
  return takeOutOfBrackets(text, spanOf(list), items, lastFirst);
}

function takeOutOfYaml(text: string, path: DataPath, lastFirst: readonly number[]): string {
  const list = parseDocument(text).getIn(path, true);
  if (!isSeq(list)) throw new Error(`${path.join(".")} is no list`);
  const ranges = list.items.map((item) => (item as Node).range ?? [0, 0, 0]);
  if (list.flow === true) {
    const [start, end] = list.range ?? [0, 0];
    const items = ranges.map(([from, to]): Span => ({ start: from, end: to }));
    return takeOutOfBrackets(text, { start, end }, items, lastFirst);
  }
  if (lastFirst.length === list.items.length) return emptied(text, list);
  return lastFirst.reduce((changed, position) => {
    const [start, , end] = ranges[position];
    const line = changed.lastIndexOf("\n", start - 1) + 1;
    return changed.slice(0, line) + changed.slice(end);
  }, text);
}

/** Of JSON, and of YAML's list in brackets: an item goes with one of the commas beside it. */
function takeOutOfBrackets(
  text: string,
  list: Span,
  items: readonly Span[],
  lastFirst: readonly number[],
): string {
  if (lastFirst.length === items.length) {
    return `${text.slice(0, list.start)}[]${text.slice(list.end)}`;
  }
  const out = new Set(lastFirst);
  return lastFirst.reduce((changed, position) => {
    // With the comma before it; of those at the beginning with the one behind.
    const isAtBeginning = items.slice(0, position).every((_, index) => out.has(index));
    const start = isAtBeginning ? items[position].start : items[position - 1].end;
    const end = isAtBeginning ? items[position + 1].start : items[position].end;
    return changed.slice(0, start) + changed.slice(end);
  }, text);
}

/** Where something begins and ends in the text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function spanOf({ offset, length }: { readonly offset: number; readonly length: number }): Span {
  return { start: offset, end: offset + length };
}

/** A block list with nothing left in it. */
function emptied(text: string, { range }: { readonly range?: Node["range"] }): string {
  const [start, , end] = range ?? [0, 0, 0];
  const before = text.slice(0, start).replace(/\s+$/, "");
  return `${before} []\n${text.slice(end)}`;
}
