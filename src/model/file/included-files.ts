import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { globSync } from "tinyglobby";
import { displayPath } from "../../source/display-path";
import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import type { NamedAt } from "../../source/read-source";
import { showValue } from "../../source/show-value";
import type { DataPath, SourceDocument } from "../../source/source-document";
import { resolveBeside } from "./beside";

/** A file that `include` names. */
export interface IncludedFile {
  readonly path: string;
  readonly namedAt: NamedAt;
}

/** The files that `include` names, by path or glob, each once; in the order of the patterns. */
export function includedFiles(
  document: SourceDocument,
  mainFile: string,
  include: unknown,
): { readonly files: readonly IncludedFile[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const files: IncludedFile[] = [];
  const seen = new Map([[realpathSync(mainFile), "the main file"]]);
  const patterns: readonly unknown[] = Array.isArray(include) ? include : [include];
  patterns.forEach((pattern, position) => {
    const path: DataPath = Array.isArray(include) ? ["include", position] : ["include"];
    const location = document.locate(path);
    const report = (expected: string, found: string, remedy: string): void => {
      problems.push(inputError(location, path, { expected, found, remedy }));
    };
    if (typeof pattern !== "string" || pattern === "") {
      report("a path or glob in quotes", showValue(pattern), "name a file");
      return;
    }
    const matches = matching(mainFile, pattern);
    if (matches.length === 0) {
      report("at least one file", `${showValue(pattern)}, which matches none`, "correct the path");
    }
    for (const match of matches) {
      const real = realpathSync(match);
      const first = seen.get(real);
      if (first === undefined) {
        seen.set(real, showValue(pattern));
        files.push({ path: match, namedAt: { location, path } });
      } else {
        report("each file once", `${displayPath(match)} again, after ${first}`, "take one out");
      }
    }
  });
  return { files, problems };
}

function matching(mainFile: string, pattern: string): readonly string[] {
  const found = globSync(pattern, { cwd: dirname(mainFile), dot: true, expandDirectories: false });
  return [...found].sort().map((match) => resolveBeside(mainFile, match));
}
