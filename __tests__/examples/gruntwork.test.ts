import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { synthesizeInMemory } from "../../src/app";
import { loadExtension, loadProject } from "../../src/cli/project";
import { indirectAccessOf } from "../../src/estate/indirect-access";
import { readEstate } from "../../src/estate/read-estate";
import { Checkout } from "../cli/checkout";
import { FakeTerraform } from "../cli/fake-terraform";
import { nextOf, SimulatedCdktf, type TypedCommand } from "../cli/simulated-cdktf";

const EXAMPLE = join(__dirname, "../../examples/gruntwork");

/** A rollout of more than a dozen stacks, twice. */
const TIMEOUT = 120_000;

const read = (name: string): string => readFileSync(join(EXAMPLE, name), "utf8");

const README = read("README.md");
const ACCOUNTS = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .parse(JSON.parse(read("accounts.json")));
const ID = { logs: "100000000102", shared: "100000000104" } as const;
const REHEARSAL = z.object({ outcome: z.object({ kind: z.string() }) });

/** Bytes of each stack's JSON. */
type Stacks = ReadonlyMap<string, string>;

let checkout: Checkout;
let cdktf: SimulatedCdktf;

beforeAll(() => {
  checkout = new Checkout(null, null);
  for (const name of ["crosstrust.json", "trust.lock.json"]) checkout.write(name, read(name));
  new FakeTerraform(checkout.folder);
  // AWS Organizations makes the access role in the new account before its entry is written.
  checkout.write("accounts.json", JSON.stringify(withSandbox()));
  cdktf = new SimulatedCdktf(checkout);
  checkout.write("accounts.json", read("accounts.json"));
});

afterAll(() => {
  FakeTerraform.remove();
  checkout.remove();
});

/** A section of the page, with its subsections. */
function section(title: string): string {
  const found = README.split(/^## /m).find((each) => each.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`README.md has no section ${title}`);
  return found;
}

/** The accounts with the entry that the page shows. */
function withSandbox(): unknown {
  const [, entry] = /```json\n([^`]*)```/.exec(section("A new account")) ?? [];
  return { ...ACCOUNTS, ...JSON.parse(`{${entry}}`) };
}

/** The commands of a section, each with the comment above it that says by whom. */
function commandsOf(title: string): readonly TypedCommand[] {
  let as = "";
  return [...section(title).matchAll(/^```sh\n([^`]*)```/gm)]
    .flatMap(([, block]) => block.trimEnd().split("\n"))
    .flatMap((line) => {
      if (line.startsWith("# ")) as = line.slice(2);
      return line.startsWith("npx ") ? [{ as: asOf(line, as), command: line }] : [];
    });
}

/** The page leaves out who confirms: anybody does. */
function asOf(command: string, as: string): string {
  return command === "npx crosstrust confirm" ? "records what exists now" : as;
}

/** Types what `status` says until nothing is left, and tells what was typed. */
async function followStatus(): Promise<readonly TypedCommand[]> {
  const typed: TypedCommand[] = [];
  for (let next = await named(); next.length > 0; next = await named()) {
    for (const each of next) {
      typed.push(each);
      if (each.command === "npx crosstrust confirm") {
        expect(await checkout.run("confirm")).toMatchObject({ code: 0, err: "" });
      } else await cdktf.deploy(each);
    }
  }
  return typed;
}

async function named(): Promise<readonly TypedCommand[]> {
  return nextOf((await checkout.run("status")).out);
}

function stacksNow(): Promise<ReadonlyMap<string, unknown>> {
  return checkout.inside(async () =>
    synthesizeInMemory(loadProject().model, await loadExtension()),
  );
}

async function synthesize(): Promise<Stacks> {
  return new Map([...(await stacksNow())].map(([stack, json]) => [stack, JSON.stringify(json)]));
}

test("accounts.json is Gruntwork's own: their accounts, and no key that they do not write", () => {
  expect(Object.keys(ACCOUNTS).sort()).toEqual([
    "dev",
    "logs",
    "prod",
    "root",
    "security",
    "shared",
    "stage",
  ]);
  for (const account of Object.values(ACCOUNTS)) {
    expect(Object.keys(account).sort()).toEqual(["deploy_order", "id", "root_user_email"]);
  }
});

test("the lock is the empty one that confirm --init makes", async () => {
  const fresh = new Checkout(null, null);
  for (const name of ["accounts.json", "crosstrust.json"]) fresh.write(name, read(name));
  try {
    await fresh.run("confirm", "--init");
    expect(read("trust.lock.json")).toBe(fresh.read("trust.lock.json"));
  } finally {
    fresh.remove();
  }
});

test("check has no error and no warning", async () => {
  const { code, out, err } = await checkout.run("check");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^no errors, 0 warnings$/m);
});

test("every entry of sharing and the logs are told of in README.md, and nothing else", () => {
  const { sharing } = z
    .object({ sharing: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(read("crosstrust.json")));
  const rows = [...section("What crosstrust.json says").matchAll(/^\| `([\w-]+)`/gm)];
  expect(rows.map(([, part]) => part).sort()).toEqual(
    ["logs", "roles", ...Object.keys(sharing)].sort(),
  );
});

test(
  "the rehearsal comes to its end",
  async () => {
    const { code, out } = await checkout.run("rehearse", "--json");
    expect(code).toBe(0);
    expect(REHEARSAL.parse(JSON.parse(out)).outcome).toEqual({ kind: "tightened" });
  },
  TIMEOUT,
);

test(
  "the first rollout is that of README.md, command by command",
  async () => {
    expect(await followStatus()).toEqual(commandsOf("The first rollout"));
    expect((await checkout.run("status", "--fail-on-open")).code).toBe(0);
  },
  TIMEOUT,
);

test("from another account only the deployer may delete logs: the deploy runner may not", async () => {
  const estate = readEstate(await stacksNow());
  const resource = estate.resources.get("arn:aws:s3:::acme-cloudtrail");
  if (resource === undefined) throw new Error("there is no bucket");
  const actions = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketPolicy"];
  const questions = [
    { resource, actions },
    { resource, actions, arn: `${resource.arn}/AWSLogs/x` },
  ];
  const principals = indirectAccessOf(estate, questions).map(({ principal }) => principal);
  expect([...new Set(principals)].filter((arn) => !arn.includes(`:${ID.logs}:`)).sort()).toEqual([
    `arn:aws:iam::${ID.shared}:oidc-provider/token.actions.githubusercontent.com`,
    `arn:aws:iam::${ID.shared}:role/crosstrust-deployer`,
  ]);
});

test(
  "a new account changes the stacks that README.md names, and is deployed by its commands",
  async () => {
    const before = await synthesize();
    checkout.write("accounts.json", JSON.stringify(withSandbox()));
    const after = await synthesize();
    const changed = [...after.keys()].filter((stack) => before.get(stack) !== after.get(stack));
    const rows = [...section("A new account").matchAll(/^\| `([\w-]+)`/gm)];
    expect(changed.sort()).toEqual(rows.map(([, stack]) => stack).sort());
    expect([...before.keys()].filter((stack) => !after.has(stack))).toEqual([]);

    expect(await followStatus()).toEqual(commandsOf("A new account"));
    expect((await checkout.run("status", "--fail-on-open")).code).toBe(0);
  },
  TIMEOUT,
);

test("once the account's entry is taken out, status names the stacks that forget it", async () => {
  checkout.write("accounts.json", read("accounts.json"));
  expect((await named()).map(({ command }) => command)).toEqual([
    "npx cdktf deploy logs shared security",
    "npx crosstrust confirm",
  ]);
});
