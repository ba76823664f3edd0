import { extname } from "node:path";
import { displayPath } from "./display-path";
import { inputError } from "./input-error";
import { mergeConflicts } from "./merge-conflicts";
import { parseJson } from "./parse-json";
import type { ParseResult } from "./parse-result";
import { parseYaml } from "./parse-yaml";
import { type NamedAt, readSource } from "./read-source";

/** The endings of files that hold YAML; `.json` holds JSON. */
export const YAML_ENDINGS = [".yaml", ".yml"] as const;

/** Reads and parses a JSON or YAML file, by its ending; `namedAt` as in readSource. */
export function readDocument(file: string, namedAt?: NamedAt): ParseResult {
  const source = readSource(file, namedAt);
  if ("problem" in source) return { problems: [source.problem] };
  return parseSource(displayPath(file), source.text, namedAt);
}

/** Parses the text of a file as JSON or YAML, by the file's ending. */
export function parseSource(file: string, text: string, namedAt?: NamedAt): ParseResult {
  const conflicts = mergeConflicts(file, text);
  if (conflicts.length > 0) return { problems: conflicts };
  const ending = extname(file).toLowerCase();
  if (ending === ".json") return parseJson(file, text);
  if (YAML_ENDINGS.some((yaml) => yaml === ending)) return parseYaml(file, text);
  const { location, path } = namedAt ?? { location: { file, line: 1, column: 1 }, path: [] };
  const problem = inputError(location, path, {
    expected: "a file whose name ends in .json, .yaml or .yml",
    found: file,
    remedy: "rename the file after what it holds",
  });
  return { problems: [problem] };
}
