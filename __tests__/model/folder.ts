import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readModel, type ReadModel, type ReadModelOptions } from "../../src/model/read-model";
import { formatProblem, type Problem } from "../../src/source/problem";

/** A file's content: lines of text, or data that is written as JSON, indented by two spaces. */
export type Content = string | readonly string[] | object;

/** Files by their path in a folder; none where the content is undefined. */
export type Files = Readonly<Record<string, Content | undefined>>;

/** Runs something in a folder with these files, by their path, and removes it. */
export function inFolder<T>(files: Files, run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "crosstrust-model-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      if (content === undefined) continue;
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, textOf(content));
    }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textOf(content: Content): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return `${content.join("\n")}\n`;
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What `accounts.json` or another main file in a folder with these files means. */
export function readFiles(
  files: Files,
  main = "accounts.json",
  options?: ReadModelOptions,
): ReadModel {
  return inFolder(files, (folder) => {
    const read = readModel(join(folder, main), options);
    return { ...read, problems: read.problems.map((problem) => fromFolder(folder, problem)) };
  });
}

/** The same problem with file names as in the folder: the folder has another name in each run. */
function fromFolder(folder: string, problem: Problem): Problem {
  const plain = (text: string): string => text.replaceAll(`${folder}/`, "");
  return {
    ...problem,
    location: { ...problem.location, file: plain(problem.location.file) },
    found: plain(problem.found),
    remedy: plain(problem.remedy),
  };
}

/** Problems as `crosstrust check` prints them; warnings say that they are. */
export function printed(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) =>
    problem.severity === "warning" ? `warning: ${formatProblem(problem)}` : formatProblem(problem),
  );
}
