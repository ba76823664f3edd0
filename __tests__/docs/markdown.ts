import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The top of the repository. */
export const ROOT = join(__dirname, "../..");

/** The README and every page under docs and examples, relative to the top. */
export function pages(): readonly string[] {
  const under = (folder: string): readonly string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
      .map((file) => join(folder, file));
  return ["README.md", ...under("docs"), ...under("examples")].sort();
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** Relative links of a page that lead nowhere. */
export function deadLinks(page: string): readonly string[] {
  const prose = readPage(page).replace(/^```[\s\S]*?^```/gm, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(page, link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path, anchor] = link.split("#");
  const target = path === "" ? page : relative(ROOT, join(ROOT, dirname(page), path));
  const file = join(ROOT, target);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  return statSync(file).isFile() && anchorsOf(readPage(target)).includes(anchor);
}

/** Headings as GitHub makes anchors of them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** A part of a page that is run: a block of commands with their output, or a comment for the test. */
export type Example =
  | { readonly kind: "console"; readonly commands: readonly ExampleCommand[] }
  | { readonly kind: "directive"; readonly text: string };

/** A command, and the output that the page shows. */
export interface ExampleCommand {
  readonly command: string;
  readonly output: readonly string[];
}

/** ```` ```console ```` blocks and `<!-- example: … -->` comments of a page, in its order. */
export function examplesOf(text: string): readonly Example[] {
  const parts = text.matchAll(/^```console\n([\s\S]*?)^```|^<!-- example: (.*?) -->/gm);
  return [...parts].map(([, block, directive]): Example =>
    block === undefined
      ? { kind: "directive", text: directive }
      : { kind: "console", commands: commandsOf(block) },
  );
}

function commandsOf(block: string): readonly ExampleCommand[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command, ...output] = part.replace(/\n$/, "").split("\n");
      return { command, output };
    });
}

/** A pattern for output of which a page leaves out lines (`...` alone) and parts of lines. */
export function patternOf(output: readonly string[]): RegExp {
  const lines = output.map((line) =>
    line === "..." ? "(?:.*\n)*?" : `${line.split("...").map(escaped).join(".*")}\n`,
  );
  return new RegExp(`^${lines.join("")}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
