import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { formatLock } from "../../src/trust/format-lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { confirmPrincipal } from "../../src/trust/lock-changes";
import { Checkout } from "./checkout";

/*
 * The command as a process of its own: what only shows there, and errors of the operating system.
 */

const ROOT = join(__dirname, "../..");
const CI = "arn:aws:iam::444455556666:role/ci";
const CI_ID = "AROAEXAMPLEEXAMPLE01";
const READER = "arn:aws:iam::111122223333:role/reader";

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout({
    accounts: { a: { id: "111122223333" }, b: { id: "444455556666" } },
    roles: {
      reader: { accounts: ["a"], trusts: [{ account: "b", role: "ci" }] },
      ci: { accounts: ["b"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    },
  });
});

afterEach(() => checkout.remove());

function outputs(part: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(part);
}

test("two confirmations at once lose nothing: who comes second is told, and may try again", async () => {
  checkout.write(
    "a.json",
    outputs({ a: { trusted_principals: {}, trusts: { [READER]: { [CI]: "account" } } } }),
  );
  checkout.write("b.json", outputs({ b: { trusted_principals: { [CI]: CI_ID }, trusts: {} } }));
  const files = ["a.json", "b.json"];
  const confirmAll = (pending: readonly string[]) =>
    Promise.all(pending.map((file) => checkout.spawn(["confirm", "--outputs", file])));

  const first = await confirmAll(files);
  expect(first.map(({ code }) => code)).toContain(0);
  for (const { code, err } of first) {
    expect([0, 3]).toContain(code);
    if (code === 3) expect(err).toContain("nothing was changed: run the command again");
  }
  for (const file of files.filter((_, number) => first[number].code === 3)) {
    expect((await checkout.spawn(["confirm", "--outputs", file])).code).toBe(0);
  }
  expect(checkout.lock).toMatchObject({
    principals: { [CI]: { uniqueId: CI_ID } },
    applied: { [READER]: { [CI]: "account" } },
    stacks: { a: "111122223333", b: "444455556666" },
  });
});

test.each([
  ["in CI", { CI: "true" }],
  ["where colours are asked for", { CI: "", FORCE_COLOR: "1" }],
])("in a pipe everything is plain, %s", async (_, env) => {
  const { code, out, err } = await checkout.spawn(["status"], env);
  expect(code).toBe(0);
  expect(out + err).not.toContain("\u001b");
  expect(out).toContain("waiting");
});

test("a reader that closes the pipe early ends the command without a stack trace", () => {
  const script = `node ${JSON.stringify(join(ROOT, "bin/crosstrust.mjs"))} rehearse --json | head -c 10`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: ROOT, encoding: "utf8" });
  expect({ length: stdout.length, stderr }).toEqual({ length: 10, stderr: "" });
});

test("a command loads no library that only others need: cdktf to synthesize, JUnit for reports", async () => {
  const script = `
    (async () => {
      await import(require.resolve("tsx"));
      const { run } = require(${JSON.stringify(join(ROOT, "src/cli/main.ts"))});
      const { createColors } = require("picocolors");
      const terminal = { print() {}, note() {}, progress() {}, colors: createColors(false) };
      const commands = [["status"], ["confirm", "--outputs", "b.json"], ["reopen", "--principal", "${CI}", "--yes"]];
      for (const command of commands) if (await run(command, terminal) !== 0) throw new Error(command);
      const loaded = Object.keys(require.cache).filter((file) => /node_modules.(cdktf|junit-report-builder)./.test(file));
      process.stdout.write(String(loaded.length));
    })();`;
  checkout.write("b.json", outputs({ b: { trusted_principals: { [CI]: CI_ID }, trusts: {} } }));
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
    cwd: checkout.folder,
    env: { ...process.env, NODE_PATH: join(ROOT, "node_modules") },
  });
  expect(stdout).toBe("0");
});

test("an outputs file that is not there is told without a stack trace", async () => {
  const { code, err } = await checkout.spawn(["confirm", "--outputs", "none.json"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: none\.json:1:1: expected a file, found nothing at none\.json, do: /);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
});

test("a question that nobody can answer asks for --yes", async () => {
  const lock = confirmPrincipal(EMPTY_LOCK, CI, CI_ID, "2026-11-23T10:00:00Z");
  checkout.write("trust.lock.json", formatLock(lock));
  const { code, err } = await checkout.spawn(["reopen", "--principal", CI]);
  expect(code).toBe(2);
  expect(err).toContain("expected --yes, because nobody can be asked here; add it to go on");
  expect(checkout.lock.principals[CI].uniqueId).toBe(CI_ID);
});
