import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { tooDeepInJson } from "./json-depth";
import { syntaxProblems } from "./json-syntax";
import { LineIndex } from "./line-index";
import type { ParseResult } from "./parse-result";
import type { DataPath } from "./source-document";
import {
  type SourceMember,
  type SourceNode,
  listNode,
  objectNode,
  sourceDocument,
} from "./source-tree";
import { TreeProblems } from "./tree-problems";

/**
 * Parses a JSON text, strictly: comments, trailing commas, leftovers and duplicate keys are
 * problems. Of duplicate keys the first counts, so that the rest of the file is still checked.
 */
export function parseJson(file: string, text: string): ParseResult {
  const lines = new LineIndex(file, text);
  const problems = new TreeProblems(lines);
  const tooDeep = tooDeepInJson(text);
  if (tooDeep !== undefined) {
    problems.nestedTooDeep(tooDeep);
    return { problems: problems.all };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  if (tree === undefined || errors.length > 0) {
    return { problems: syntaxProblems(text, errors, lines) };
  }
  const root = convert(tree, [], problems);
  return { document: sourceDocument(file, lines, root), problems: problems.all };
}

function convert(node: Node, path: DataPath, problems: TreeProblems): SourceNode {
  const children = node.children ?? [];
  if (node.type === "array") {
    const items = children.map((item, index) => convert(item, [...path, index], problems));
    return listNode(node.offset, items);
  }
  if (node.type !== "object") return { value: node.value, offset: node.offset };
  const members = new Map<string, SourceMember>();
  for (const { children: [key, value] = [] } of children) {
    const name = String(key.value);
    const memberPath = [...path, name];
    const first = members.get(name);
    if (name === "__proto__") {
      problems.forbiddenKey(memberPath, key.offset);
    } else if (first !== undefined) {
      problems.duplicateKey(memberPath, first.keyOffset, key.offset);
    } else {
      const converted = convert(value, memberPath, problems);
      members.set(name, { keyOffset: key.offset, node: converted });
    }
  }
  return objectNode(node.offset, members);
}
