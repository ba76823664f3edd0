import { existsSync } from "node:fs";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { Checkout } from "./checkout";
import { FakeTerraform } from "./fake-terraform";

const CI = "arn:aws:iam::444455556666:role/ci";
const READER = "arn:aws:iam::111122223333:role/reader";
const CI_ID = "AROAEXAMPLEEXAMPLE01";

let checkout: Checkout;
let terraform: FakeTerraform;

beforeEach(() => {
  checkout = new Checkout({
    accounts: {
      a: { id: "111122223333" },
      b: { id: "444455556666" },
      c: { id: "100000000001" },
    },
    roles: {
      reader: { accounts: ["a"], trusts: [{ account: "b", role: "ci" }] },
      ci: { accounts: ["b"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      alone: { accounts: ["c"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    },
  });
  terraform = new FakeTerraform(checkout.folder);
});

afterEach(() => {
  FakeTerraform.remove();
  checkout.remove();
});

/** A state, as the fake Terraform answers from it. */
function writeState(stack: string, outputs: Readonly<Record<string, unknown>>): void {
  const values = { trusted_principals: {}, trusts: {}, role_arns: {}, ...outputs };
  const entries = Object.entries(values).map(([name, value]) => [name, { value }]);
  checkout.write(`state/${stack}.tfstate`, JSON.stringify(Object.fromEntries(entries)));
}

function writeStates(): void {
  writeState("a", { trusts: { [READER]: { [CI]: "account" } } });
  writeState("b", { trusted_principals: { [CI]: CI_ID } });
  writeState("c", {});
}

/** The stacks whose states were asked for. */
function asked(): readonly string[] {
  return terraform
    .asked()
    .map((path) => /\/state\/(\w+)\.tfstate$/.exec(path)?.[1] ?? path)
    .sort();
}

describe("confirm without --outputs", () => {
  test("asks every stack's backend, and leaves nothing behind in the checkout", async () => {
    writeStates();
    const { code, out, terminal } = await checkout.run("confirm");
    expect(code).toBe(0);
    expect(out).toContain(`confirmed ${CI}\n`);
    expect(checkout.lock).toMatchObject({
      principals: { [CI]: { uniqueId: CI_ID } },
      applied: { [READER]: { [CI]: "account" } },
      stacks: { a: "111122223333", b: "444455556666", c: "100000000001" },
    });
    expect(asked()).toEqual(["a", "b", "c"]);
    expect(existsSync(checkout.path("cdktf.out"))).toBe(false);
    expect(terminal.progressLines).toEqual(["asking backends: 0 of 3 stacks"]);
  });

  test("then asks only stacks that trust or are trusted", async () => {
    writeStates();
    await checkout.run("confirm");
    asked();
    await checkout.run("confirm");
    expect(asked()).toEqual(["a", "b"]);
  });

  test("also asks a stack that is due though nobody is named by ARN there, until it is deployed", async () => {
    const alone = "arn:aws:iam::100000000001:role/alone";
    const service = { "service ecs-tasks.amazonaws.com": "0123456789abcdef" };
    const terms = { [alone]: { ...service, "group 444455556666/people": "0123456789abcdef" } };
    writeStates();
    writeState("c", { trust_terms: terms });
    await checkout.run("confirm");
    expect(checkout.lock.terms).toMatchObject(terms);
    writeState("c", { trust_terms: { [alone]: service } });
    asked();
    await checkout.run("confirm");
    expect(asked()).toContain("c");
    expect(checkout.lock.terms).toEqual({ [alone]: service });
  });

  test("takes stacks that were never applied for what they are", async () => {
    writeState("b", { trusted_principals: { [CI]: CI_ID } });
    expect((await checkout.run("confirm")).code).toBe(0);
    expect(checkout.lock.stacks).toEqual({ b: "444455556666" });
  });

  test("does not mind that init fails on the providers", async () => {
    terraform.mode = "init fails";
    writeStates();
    expect((await checkout.spawn(["confirm"])).code).toBe(0);
    expect(checkout.lock.principals[CI].uniqueId).toBe(CI_ID);
  });

  test("is not misled by what the shell adds to every run of Terraform", async () => {
    writeStates();
    const { code } = await checkout.spawn(["confirm"], {
      TF_CLI_ARGS: "-lock=false",
      TF_CLI_ARGS_output: "-raw",
      TF_DATA_DIR: checkout.path(".terraform"),
    });
    expect(code).toBe(0);
    expect(checkout.lock.principals[CI].uniqueId).toBe(CI_ID);
  });

  test("tells what failed, not that no provider was installed", async () => {
    terraform.mode = "output fails";
    writeStates();
    const { code, err } = await checkout.spawn(["confirm"]);
    expect(code).toBe(3);
    expect(err).toContain("no access to the state");
    expect(err).not.toContain("no provider");
  });

  test("exits 3 where a backend is out of reach, with Terraform's words, and records nothing", async () => {
    terraform.mode = "unreachable";
    writeStates();
    const { code, out, err } = await checkout.spawn(["confirm"]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(/^error: stack [abc]: expected to read its outputs from its backend/);
    expect(err).toContain("Failed to get existing workspaces");
    expect(err).toContain("or pass the outputs with --outputs FILE");
    expect(checkout.lock).toEqual(EMPTY_LOCK);
  });

  test("exits 3 where Terraform's output is no JSON, and says for which stack", async () => {
    writeStates();
    checkout.write("state/b.tfstate", "Warning: something else");
    const { code, err } = await checkout.run("confirm");
    expect(code).toBe(3);
    expect(err).toMatch(/stack b: expected JSON from .*, found "Warning: something else/);
  });

  test("exits 3 where there is no Terraform, and says how to do without", async () => {
    process.env.TERRAFORM_BINARY_NAME = checkout.path("no-terraform");
    const { code, err } = await checkout.spawn(["confirm"]);
    expect(code).toBe(3);
    expect(err).toMatch(/^error: expected .*no-terraform on the PATH, found none; install it/);
  });
});
