import { LineIndex } from "./line-index";
import type { ParseResult } from "./parse-result";
import { sourceDocument } from "./source-tree";
import { TreeProblems } from "./tree-problems";
import { composeYaml } from "./yaml-document";
import { YamlTree } from "./yaml-tree";

/**
 * Parses a YAML 1.2 text of one document. Duplicate keys are problems (the first counts, so that
 * the rest is still checked). Account IDs need no quotes. Anchors and aliases work within limits;
 * `<<` merges the mappings that it names: keys of the mapping itself win, then those named first.
 */
export function parseYaml(file: string, text: string): ParseResult {
  const lines = new LineIndex(file, text);
  const { document, problems: mistakes } = composeYaml(text, lines);
  if (document === undefined) return { problems: mistakes };
  const problems = new TreeProblems(lines);
  const root = new YamlTree(problems).convert(document.contents);
  return {
    ...(root !== undefined && { document: sourceDocument(file, lines, root) }),
    problems: problems.all,
  };
}
