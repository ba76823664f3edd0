import type { LineIndex } from "./line-index";
import type { Location } from "./problem";
import type { DataPath, SourceDocument } from "./source-document";

/** A member of an object: where its key stands, and its value. */
export interface SourceMember {
  readonly keyOffset: number;
  readonly node: SourceNode;
}

/** A parsed value with the offset at which it stands. A YAML alias shares its anchor's node. */
export interface SourceNode {
  /** Plain data, as JSON.parse would give it. */
  readonly value: unknown;
  readonly offset: number;
  /** Of an object, in file order: JavaScript's own order puts keys that look like integers first. */
  readonly members?: ReadonlyMap<string, SourceMember>;
  /** Of a list. */
  readonly items?: readonly SourceNode[];
}

/** The node of an object, whose value has the members' values. */
export function objectNode(offset: number, members: ReadonlyMap<string, SourceMember>): SourceNode {
  const entries = Array.from(members, ([key, member]) => [key, member.node.value] as const);
  return { value: Object.fromEntries(entries), offset, members };
}

/** The node of a list. */
export function listNode(offset: number, items: readonly SourceNode[]): SourceNode {
  return { value: items.map((item) => item.value), offset, items };
}

/** A document of a tree of nodes. */
export function sourceDocument(file: string, lines: LineIndex, root: SourceNode): SourceDocument {
  return {
    file,
    value: root.value,
    locate: (path, part = "value") => locate(lines, root, path, part),
    keys: (path) => Array.from(step(root, path).node?.members?.keys() ?? []),
  };
}

/** The last member and node on the way along a path; no node where the path is not in the file. */
function step(
  root: SourceNode,
  path: DataPath,
): { readonly node?: SourceNode; readonly nearest: SourceMember } {
  let nearest: SourceMember = { keyOffset: root.offset, node: root };
  for (const key of path) {
    const parent: SourceNode = nearest.node;
    const next = typeof key === "number" ? itemAt(parent, key) : parent.members?.get(key);
    if (next === undefined) return { nearest };
    nearest = next;
  }
  return { node: nearest.node, nearest };
}

function itemAt(parent: SourceNode, index: number): SourceMember | undefined {
  const node = parent.items?.[index];
  return node && { keyOffset: node.offset, node };
}

/**
 * For a path that is not in the file this is the key of its nearest parent: a YAML mapping begins
 * at its first member, which is not where a person looks for what is missing.
 */
function locate(
  lines: LineIndex,
  root: SourceNode,
  path: DataPath,
  part: "key" | "value",
): Location {
  const { node, nearest } = step(root, path);
  return lines.locate(node === undefined || part === "key" ? nearest.keyOffset : node.offset);
}
