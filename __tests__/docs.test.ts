import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildProgram } from "../src/cli/program";
import { deleteInlinePolicy, detachPolicy } from "../src/rehearsal/aws/holder-policies";
import { createRole, deleteRole } from "../src/rehearsal/aws/roles";
import type { SimulatedAws } from "../src/rehearsal/simulated-aws";
import { Checkout } from "./cli/checkout";
import { FakeTerminal } from "./cli/fake-terminal";
import { FakeTerraform } from "./cli/fake-terraform";
import { nextOf, SimulatedCdktf } from "./cli/simulated-cdktf";
import {
  deadLinks,
  examplesOf,
  pages,
  patternOf,
  readPage,
  ROOT,
  type ExampleCommand,
} from "./docs/markdown";

const HELP = readFileSync(join(ROOT, "help"), "utf8");
const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
).scripts;
const TEXTS = new Map([["help", HELP], ...pages().map((page) => [page, readPage(page)] as const)]);

describe("help, pages and package.json agree", () => {
  test.each([...TEXTS.keys()])("every npm script that %s names exists", (name) => {
    const named = (TEXTS.get(name) ?? "").matchAll(
      /\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g,
    );
    for (const [, script, lifecycle] of named) {
      expect(Object.keys(SCRIPTS)).toContain(script ?? lifecycle);
    }
  });

  test("help names every script, or the command that it runs", () => {
    // npm runs prepack by itself; help is what one is reading.
    const own = Object.keys(SCRIPTS).filter((script) => !["prepack", "help"].includes(script));
    const missing = own.filter((script) => {
      const names = [
        `npm run ${script}`,
        `npm ${script}`,
        `npx crosstrust ${script}`,
        `npx cdktf ${script}`,
      ];
      return !names.some((name) => new RegExp(`${name}(?![\\w:-])`).test(HELP));
    });
    expect(missing).toEqual([]);
  });

  test("npm run help prints the file", () => {
    expect(SCRIPTS.help).toBe("cat help");
  });

  const program = buildProgram(new FakeTerminal(), () => undefined);

  test.each([...TEXTS.keys()])(
    "every crosstrust command and option that %s names exists",
    (name) => {
      const named = (TEXTS.get(name) ?? "").matchAll(
        /npx crosstrust ([a-z][\w-]*)((?: (?:--[\w-]+|[A-Z]+\b))*)/g,
      );
      for (const [, commandName, rest] of named) {
        const command = program.commands.find((each) => each.name() === commandName);
        expect([commandName, command === undefined]).toEqual([commandName, false]);
        const options = command?.options.map(({ long }) => long) ?? [];
        for (const [option] of rest.matchAll(/--[\w-]+/g))
          expect([...options, "--help"]).toContain(option);
      }
    },
  );

  test("docs/commands.md has a section for each command, with each of its options", () => {
    const page = readPage("docs/commands.md");
    for (const command of program.commands) {
      const section = page.split(/^## /m).find((each) => each.startsWith(`${command.name()}\n`));
      expect([command.name(), section === undefined]).toEqual([command.name(), false]);
      for (const { long } of command.options) expect(section).toContain(long);
    }
  });
});

describe("links", () => {
  test.each(pages())("of %s lead somewhere", (page) => {
    expect(deadLinks(page)).toEqual([]);
  });
});

describe("the examples of docs/commands.md", () => {
  let checkout: Checkout;

  beforeAll(() => {
    checkout = new Checkout();
  });

  afterAll(() => {
    FakeTerraform.remove();
    checkout.remove();
  });

  test("are what the commands print, one after the other, on examples/staged-bootstrap", async () => {
    new FakeTerraform(checkout.folder);
    const cdktf = new SimulatedCdktf(checkout);
    let exitCode = 0;
    const run = async ({ command, output }: ExampleCommand): Promise<void> => {
      const [, typed, as] = /^(.*?)(?: {2}# (.*))?$/.exec(command) ?? [];
      if (typed === "echo $?") {
        expect(output).toEqual([String(exitCode)]);
      } else if (typed.startsWith("npx crosstrust ")) {
        const { code, out, err } = await checkout.run(...typed.split(" ").slice(2));
        exitCode = code;
        expect(err).toBe("");
        expect(out).toMatch(patternOf(output));
      } else await cdktf.deploy({ command: typed, as });
    };

    let blocks = 0;
    for (const example of examplesOf(readPage("docs/commands.md"))) {
      if (example.kind === "console") {
        blocks += 1;
        for (const each of example.commands) await run(each);
      } else if (example.text === "to the end") {
        await followStatus(checkout, cdktf);
      } else {
        const [, name, accountId] = /^recreate (\S+) in (\d{12})$/.exec(example.text) ?? [];
        recreate(cdktf.world.terraform.aws, accountId, name);
      }
    }
    expect(blocks).toBeGreaterThanOrEqual(7);
  });
});

async function followStatus(checkout: Checkout, cdktf: SimulatedCdktf): Promise<void> {
  for (;;) {
    const commands = nextOf((await checkout.run("status")).out);
    if (commands.length === 0) return;
    for (const each of commands) {
      if (each.command.startsWith("npx crosstrust")) await checkout.run("confirm");
      else await cdktf.deploy(each);
    }
  }
}

/** Deletes a role as the console does, with all that hangs on it, and makes it again. */
function recreate(aws: SimulatedAws, accountId: string, name: string): void {
  const account = aws.account(accountId);
  const role = account.roles.get(name);
  for (const policy of role.inlinePolicies.keys()) deleteInlinePolicy(account, role, policy);
  for (const arn of role.attachedPolicies.keys()) detachPolicy(account, role, arn);
  deleteRole(account, name);
  const trustPolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  });
  createRole(account, { name, path: role.path, trustPolicy, origin: role.origin });
}
