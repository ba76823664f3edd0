import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "../cli/checkout";
import { rehearsedLock } from "../cli/rehearsed-lock";
import { examplesOf, patternOf, readPage, ROOT, type ExampleCommand } from "./markdown";

/* The examples of pages that show Gruntwork's accounts with one more, compared with the branch before. */

let checkout: Checkout;

beforeAll(async () => {
  checkout = new Checkout(null, null);
  for (const name of ["accounts.json", "crosstrust.json", "trust.lock.json"]) {
    checkout.write(name, readFileSync(join(ROOT, "examples/gruntwork", name), "utf8"));
  }
  checkout.write("trust.lock.json", await checkout.inside(() => rehearsedLock()));
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "rolled out");
  const accounts: object = JSON.parse(checkout.read("accounts.json"));
  const [, entry] = /^```json\n(.*)\n```/m.exec(readPage("docs/new-account.md")) ?? [];
  checkout.write("accounts.json", JSON.stringify({ ...accounts, ...JSON.parse(`{${entry}}`) }));
}, 60_000);

afterAll(() => checkout.remove());

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: checkout.folder });
}

/** The commit has another name each time. */
function withoutCommit(text: string): string {
  return text.replace(/\([0-9a-f]{12}\)/, "(000000000000)");
}

const EXAMPLES = ["README.md", "docs/new-account.md"].flatMap((page) =>
  examplesOf(readPage(page)).flatMap((example) =>
    example.kind === "console"
      ? example.commands.map((each): [string, string, ExampleCommand] => [page, each.command, each])
      : [],
  ),
);

test("the pages have such examples", () => {
  expect(EXAMPLES.map(([page]) => page)).toEqual([
    "README.md",
    "docs/new-account.md",
    "docs/new-account.md",
  ]);
});

test.each(EXAMPLES)(
  "%s: %s prints what the page shows",
  async (_page, command, { output }) => {
    const { code, out, err } = await checkout.run(...command.split(" ").slice(2));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(withoutCommit(out)).toMatch(patternOf(output.map(withoutCommit)));
  },
  60_000,
);
