import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GitError } from "../../src/git/git-binary";
import { withRevisionFiles } from "../../src/git/revision-files";

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "crosstrust-git-"));
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(repository, "org/parts"), { recursive: true });
  write("org/accounts.json", "first");
  write("org/parts/roles.json", "roles");
  commit("first");
  git("tag", "v1");
  write("org/accounts.json", "second");
  commit("second");
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: repository, encoding: "utf8" });
}

function write(name: string, text: string): void {
  writeFileSync(join(repository, name), text);
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}

test("the files of a revision stand where the folder's counterpart is, with all around them", () => {
  const read = withRevisionFiles(join(repository, "org"), "v1", ({ commit: name, folder }) => ({
    name,
    accounts: readFileSync(join(folder, "accounts.json"), "utf8"),
    roles: readFileSync(join(folder, "parts/roles.json"), "utf8"),
    folder,
  }));

  expect(read).toMatchObject({ accounts: "first", roles: "roles" });
  expect(read.name).toBe(git("rev-parse", "v1").trim());
  expect(existsSync(read.folder)).toBe(false);
});

test("the checkout and its index stay as they are", () => {
  write("org/accounts.json", "edited");
  write("org/staged.json", "staged");
  git("add", "org/staged.json");
  const before = git("status", "--porcelain");

  withRevisionFiles(repository, "HEAD~1", () => undefined);

  expect(git("status", "--porcelain")).toBe(before);
  expect(readFileSync(join(repository, "org/accounts.json"), "utf8")).toBe("edited");
});

test.each([
  ["v2", /expected --since to name a commit, branch or tag, found "v2"; did you mean v1\?/],
  ["mian", /did you mean main\?/],
  ["nothing-like-it", /git log --oneline lists them/],
  ["HEAD~9", /found "HEAD~9"; git log --oneline lists them/],
  ["--help", /found "--help"/],
])("a revision that is not there (%s) is an input error with what is closest", (revision, said) => {
  const read = (): unknown => withRevisionFiles(repository, revision, () => undefined);

  expect(read).toThrow(said);
  expect(errorOf(read)).toMatchObject({ kind: "input" });
});

test("a folder that is in no repository is an input error", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "crosstrust-no-git-"));
  try {
    expect(errorOf(() => withRevisionFiles(elsewhere, "HEAD", () => undefined))).toMatchObject({
      kind: "input",
      message: expect.stringContaining("to be in a git repository for --since, found none"),
    });
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("without git there is nothing to ask", () => {
  const path = process.env.PATH;
  process.env.PATH = repository;
  try {
    expect(errorOf(() => withRevisionFiles(repository, "HEAD", () => undefined))).toMatchObject({
      kind: "missing",
      message: expect.stringContaining("expected git on the PATH, found none"),
    });
  } finally {
    process.env.PATH = path;
  }
});

function errorOf(act: () => unknown): GitError {
  try {
    act();
  } catch (error) {
    if (error instanceof GitError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("a repository without a commit says so, whatever the revision", () => {
  rmSync(join(repository, ".git"), { recursive: true });
  git("init", "--quiet", "--initial-branch=main");

  expect(() => withRevisionFiles(repository, "HEAD", () => undefined)).toThrow(
    'found "HEAD" in a repository without a commit; commit the files first',
  );
});
