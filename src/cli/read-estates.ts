import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Estate } from "../estate/estate";
import { readEstate } from "../estate/read-estate";
import { readStacksFromFolder } from "../estate/stacks-folder";
import { GitError } from "../git/git-binary";
import { withRevisionFiles } from "../git/revision-files";
import type { Model } from "../model/model";
import { LOCK_FILE, mainFile } from "../model/read-model";
import { estateFacts, estateOfModel } from "./estate-of-model";
import { UsageError } from "./exit-code";
import { loadProject, synthesize, type Project } from "./project";
import { estateOfFolder } from "./read-estate";
import { readRevision } from "./read-revision";
import type { Terminal } from "./terminal";

/** An estate that a command was given by a word. */
export interface NamedEstate {
  readonly estate: Estate;
  /** For people: `HEAD~1 (1a2b3c4d5e6f)`, `the folder before`, `the working tree`. */
  readonly name: string;
  /** Account ID to name, where a file says it. */
  readonly accounts: ReadonlyMap<string, string>;
}

/** What a revision is called in messages, by which the user said it. */
const REVISION = "BEFORE or AFTER";

/**
 * The estates of BEFORE and AFTER: of the working tree where AFTER is left out. The files of the checkout
 * are read once for both.
 */
export async function namedEstates(
  terminal: Terminal,
  before: string,
  after?: string,
): Promise<readonly [before: NamedEstate, after: NamedEstate]> {
  const project = existsSync(mainFile()) ? loadProject() : undefined;
  return [
    await namedEstate(terminal, before, project),
    after === undefined
      ? await workingTreeEstate(terminal, project ?? loadProject())
      : await namedEstate(terminal, after, project),
  ];
}

async function workingTreeEstate(terminal: Terminal, { model }: Project): Promise<NamedEstate> {
  const estate = await estateOfModel(model, terminal);
  return { estate, name: "the working tree", accounts: namesOf(model) };
}

/**
 * The estate that a word names: a folder with synthesized stacks, else a git revision. A word that is
 * both is the folder: a revision can be spelled otherwise (`refs/heads/main`), and CI has folders.
 */
async function namedEstate(
  terminal: Terminal,
  word: string,
  project?: Project,
): Promise<NamedEstate> {
  if (existsSync(join(word, "manifest.json"))) return folderEstate(word, project?.model);
  try {
    return await revisionEstate(terminal, word, project ?? loadProject());
  } catch (error) {
    if (!(error instanceof GitError) || error.kind !== "input" || !existsSync(word)) throw error;
    throw new UsageError(
      `expected ${word} to be a folder with the manifest.json of synthesized stacks, or a git revision, found neither; synthesize into a folder with npx cdktf synth --output FOLDER, and name that`,
    );
  }
}

/** Another project's folder of stacks, too: then no accounts file need be here. */
function folderEstate(folder: string, model?: Model): NamedEstate {
  return {
    estate: estateOfFolder(folder, model),
    name: `the folder ${folder}`,
    accounts: model === undefined ? new Map<string, string>() : namesOf(model),
  };
}

async function revisionEstate(
  terminal: Terminal,
  word: string,
  project: Project,
): Promise<NamedEstate> {
  terminal.progress(`synthesizing ${word}`);
  const { model, revision, commit } = readRevision(project, word, REVISION);
  const stacks = synthesizedByItself(project, word) ?? (await synthesize(model));
  terminal.progress(undefined);
  return {
    estate: readEstate(stacks, estateFacts(model)),
    name: `${revision} (${commit.slice(0, 12)})`,
    accounts: namesOf(model),
  };
}

/**
 * The stacks as the revision's own program makes them, with its extensions and today's dependencies;
 * undefined where the revision has no program: then today's reads its files.
 */
function synthesizedByItself(
  { file, lockFile }: Project,
  revision: string,
): ReadonlyMap<string, unknown> | undefined {
  return withRevisionFiles(
    dirname(file),
    revision,
    ({ folder }) => {
      const app = appOf(folder);
      if (app === undefined) return undefined;
      const lock = join(folder, LOCK_FILE);
      if (!existsSync(lock) && existsSync(lockFile)) copyFileSync(lockFile, lock);
      const modules = resolve("node_modules");
      if (existsSync(modules) && !existsSync(join(folder, "node_modules"))) {
        symlinkSync(modules, join(folder, "node_modules"), "dir");
      }
      const outdir = mkdtempSync(join(tmpdir(), "crosstrust-synth-"));
      try {
        runApp(app, folder, outdir, basename(file), revision);
        return readStacksFromFolder(outdir);
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    },
    REVISION,
  );
}

/** The command of `cdktf.json`. */
function appOf(folder: string): string | undefined {
  const file = join(folder, "cdktf.json");
  if (!existsSync(file)) return undefined;
  const { app } = JSON.parse(readFileSync(file, "utf8")) as { readonly app?: unknown };
  return typeof app === "string" ? app : undefined;
}

function runApp(app: string, folder: string, outdir: string, file: string, revision: string): void {
  const { status, stdout, stderr } = spawnSync(app, {
    cwd: folder,
    shell: true,
    encoding: "utf8",
    env: {
      ...process.env,
      CDKTF_OUTDIR: outdir,
      CHECKPOINT_DISABLE: "1",
      // What names today's file says nothing of the revision's.
      CROSSTRUST_ACCOUNTS: existsSync(join(folder, file)) ? join(folder, file) : "",
    },
  });
  if (status === 0) return;
  throw new UsageError(
    `expected the program of ${revision} to synthesize with today's dependencies, but it failed; name a revision that does, or a folder that was synthesized with its own\n${(stderr || stdout).trim()}`,
  );
}

function namesOf({ accounts }: Model): ReadonlyMap<string, string> {
  return new Map(accounts.map(({ id, name }) => [id, name]));
}
