import { isAbsolute, join, normalize } from "node:path";
import { displayPath } from "../source/display-path";
import { inputError } from "../source/input-error";
import { tooDeepInJson } from "../source/json-depth";
import { parseJson } from "../source/parse-json";
import type { Problem } from "../source/problem";
import { ProblemsError } from "../source/problem";
import { readSource } from "../source/read-source";
import { showValue } from "../source/show-value";
import type { DataPath } from "../source/source-document";
import type { JsonObject } from "./terraform-json";
import { isJsonObject } from "./terraform-json";

/**
 * The Terraform JSON of every stack in a folder that cdktf synthesized, by stack name.
 *
 * Only the stacks of its `manifest.json` are read: folders of removed stacks stay behind. Throws
 * ProblemsError with everything that is missing or broken.
 */
export function readStacksFromFolder(outdir: string): ReadonlyMap<string, unknown> {
  const manifestFile = join(outdir, "manifest.json");
  const manifest = readObject(manifestFile);
  if ("problems" in manifest) throw new ProblemsError(manifest.problems);
  const { stacks } = manifest.object;
  if (!isJsonObject(stacks)) {
    throw new ProblemsError([
      problemAt(manifestFile, ["stacks"], "the stacks of a cdktf manifest", stacks),
    ]);
  }

  const read = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const [name, stack] of Object.entries(stacks)) {
    const path = isJsonObject(stack) ? stack.synthesizedStackPath : undefined;
    if (typeof path !== "string" || isAbsolute(path) || /^\.\.([/\\]|$)/.test(normalize(path))) {
      const where = ["stacks", name, "synthesizedStackPath"];
      problems.push(problemAt(manifestFile, where, "a path inside the folder", path));
      continue;
    }
    const found = readObject(join(outdir, path));
    if ("problems" in found) problems.push(...found.problems);
    else read.set(name, found.object);
  }
  if (problems.length > 0) throw new ProblemsError(problems);
  return read;
}

function readObject(
  file: string,
): { readonly object: JsonObject } | { readonly problems: readonly Problem[] } {
  const source = readSource(file);
  if ("problem" in source) return { problems: [toSynthesize(source.problem)] };
  let json: unknown;
  try {
    json = tooDeepInJson(source.text) === undefined ? JSON.parse(source.text) : undefined;
  } catch {
    json = undefined;
  }
  if (json === undefined) {
    // Parsed once more with positions, which costs many times as much.
    return { problems: parseJson(displayPath(file), source.text).problems.map(toSynthesize) };
  }
  return isJsonObject(json)
    ? { object: json }
    : { problems: [problemAt(file, [], "a JSON object", json)] };
}

function problemAt(file: string, path: DataPath, expected: string, found: unknown): Problem {
  const location = { file: displayPath(file), line: 1, column: 1 };
  return inputError(location, path, { expected, found: showValue(found), remedy: SYNTHESIZE });
}

/** Nobody writes these files by hand, so that correcting them is no remedy. */
function toSynthesize(problem: Problem): Problem {
  return { ...problem, remedy: SYNTHESIZE };
}

const SYNTHESIZE = "synthesize the stacks again, or name the folder that cdktf wrote them to";
