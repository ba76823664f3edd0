import { IamAccountAlias } from "@cdktf/provider-aws/lib/iam-account-alias";
import { TerraformOutput } from "cdktf";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { extend } from "../extensions";
import { buildApp, synthesizeInMemory, type Extend } from "../src/app";
import { synthesize } from "../src/cli/project";
import type { Model } from "../src/model/model";
import { resourcesOf, parseStack } from "./constructs/stack-json";
import { modelOf, NO_EXTENSION, readAccounts } from "./stacks/organization";

const CHECKOUT = resolve(__dirname, "..");
const SAMPLE = readAccounts("accounts.json");

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(os.tmpdir(), "crosstrust-app-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The Terraform JSON of each stack in a `cdktf.out`. */
function filesOf(outdir: string): Readonly<Record<string, string>> {
  const stacks = join(outdir, "stacks");
  return Object.fromEntries(
    readdirSync(stacks)
      .sort()
      .map((stack) => [stack, readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8")]),
  );
}

function synthesizeToDisk(model: Model, extension: Extend): Readonly<Record<string, string>> {
  const outdir = temporaryFolder();
  // Terraform runs in the checkout's cdktf.out; only the files lie elsewhere.
  buildApp(model, extension, { outdir, runFrom: "cdktf.out" }).synth();
  return filesOf(outdir);
}

const ON_DISK = synthesizeToDisk(SAMPLE, extend);

const S3 = modelOf({
  settings: {
    backend: { type: "s3", bucket: "acme-terraform", createBucket: "local" },
    bootstrap: { deployer: { account: "hub", role: "deployer" } },
  },
  accounts: { hub: { id: "100000000001" } },
  roles: { deployer: { accounts: ["hub"], trusts: [{ service: "ec2.amazonaws.com" }] } },
});

const REFUSED: Extend = ({ stack }) =>
  stack.node.addValidation({ validate: () => ["a rule of ours"] });

const CLOUD = modelOf({
  settings: { backend: { type: "cloud", organization: "acme" } },
  accounts: { shared: { id: "100000000001" } },
});

/** An extension whose reference makes cdktf change the stack that it refers to. */
function referToAnotherStack(): Extend {
  let id: string | undefined;
  return ({ stack, account }) => {
    if (account.name === "root") {
      id = new IamAccountAlias(stack, "alias", { accountAlias: "acme" }).id;
    }
    if (account.name === "client") new TerraformOutput(stack, "alias-of-root", { value: id });
  };
}

describe("what is synthesized", () => {
  test("is the same bytes for the same input", () => {
    expect(synthesizeToDisk(readAccounts("accounts.json"), extend)).toEqual(ON_DISK);
  });

  test("is the same bytes in another checkout, from `main.ts` as cdktf runs it", async () => {
    const checkout = temporaryFolder();
    for (const name of ["node_modules", "src"]) {
      symlinkSync(join(CHECKOUT, name), join(checkout, name));
    }
    const copied = [
      "main.ts",
      "extensions.ts",
      "tsconfig.json",
      "accounts.json",
      "trust.lock.json",
    ];
    for (const name of copied) cpSync(join(CHECKOUT, name), join(checkout, name));
    await promisify(execFile)(process.execPath, ["--import", "tsx", "main.ts"], { cwd: checkout });
    expect(filesOf(join(checkout, "cdktf.out"))).toEqual(ON_DISK);
  });

  test("names no path, user or host of the machine", () => {
    const text = Object.values(ON_DISK).join("\n");
    for (const secret of [CHECKOUT, os.tmpdir(), os.homedir(), os.hostname()]) {
      expect(text).not.toContain(`${secret}/`);
    }
    expect(text).not.toMatch(/"\/(home|root|Users|tmp|var|work)\b/);
  });

  test.each([
    ["the sample organization", SAMPLE, extend] as const,
    ["a state bucket", S3, NO_EXTENSION] as const,
    ["HCP Terraform", CLOUD, NO_EXTENSION] as const,
    ["an extension that refers to another stack", SAMPLE, referToAnotherStack()] as const,
  ])("is the same in memory as on disk: %s", (_, model, extension) => {
    const inMemory = synthesizeInMemory(model, extension);
    const onDisk = synthesizeToDisk(model, extension);
    expect([...inMemory.keys()].sort()).toEqual(Object.keys(onDisk));
    for (const [stack, json] of inMemory) {
      expect(JSON.parse(JSON.stringify(json))).toEqual(JSON.parse(onDisk[stack]));
    }
  });

  test.each([
    ["leaves", NO_EXTENSION, undefined] as const,
    ["runs validations, and still leaves", REFUSED, "a rule of ours"] as const,
  ])("in memory %s nothing on disk", (_, extension, message) => {
    const before = readdirSync(CHECKOUT);
    const folder = temporaryFolder();
    const tmpdir = jest.spyOn(os, "tmpdir").mockReturnValue(folder);
    const run = () => synthesizeInMemory(SAMPLE, extension);
    if (message === undefined) expect(run().size).toBe(Object.keys(ON_DISK).length);
    else expect(run).toThrow(message);
    expect(tmpdir).toHaveBeenCalled();
    tmpdir.mockRestore();
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(CHECKOUT)).toEqual(before);
  });
});

test("local states are beside accounts.json from wherever Terraform runs", () => {
  const outdir = join(temporaryFolder(), "out");
  buildApp(SAMPLE, NO_EXTENSION, { outdir }).synth();
  const { terraform } = parseStack(filesOf(outdir).client);
  const { path } = z
    .object({ local: z.object({ path: z.string() }) })
    .parse(terraform.backend).local;
  expect(resolve(outdir, "stacks/client", path)).toBe(join(CHECKOUT, "state/client.tfstate"));
});

test("an error in extensions.ts keeps its stack trace", () => {
  const fail: Extend = () => {
    throw new Error("in the extension");
  };
  const thrown = caught(() => synthesizeInMemory(SAMPLE, fail));
  expect(thrown).toMatchObject({ message: "in the extension" });
  expect(thrown.stack).toContain("app.test.ts");
});

function caught(run: () => void): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected an error");
}

describe("only some stacks", () => {
  test("are synthesized as they are among all", () => {
    const some = synthesizeInMemory(SAMPLE, extend, new Set(["client", "client-bootstrap"]));
    expect([...some.keys()].sort()).toEqual(["client", "client-bootstrap"]);
    for (const [stack, json] of some) {
      expect(JSON.parse(JSON.stringify(json))).toEqual(JSON.parse(ON_DISK[stack]));
    }
  });

  test("the state bucket's stack among them", () => {
    expect([...synthesizeInMemory(S3, NO_EXTENSION, new Set(["state-bucket"])).keys()]).toEqual([
      "state-bucket",
    ]);
    expect([...synthesizeInMemory(S3, NO_EXTENSION, new Set(["hub"])).keys()]).toEqual(["hub"]);
  });

  test("none of a model without accounts that get one", () => {
    const planned = modelOf({ settings: {}, accounts: { dev: { id: "" } } });
    expect([...synthesizeInMemory(planned, NO_EXTENSION).keys()]).toEqual([]);
  });
});

describe("extensions.ts", () => {
  test("its example gives an account with the tag `alias` its sign-in name, and no other account", () => {
    const aliases = Object.entries(ON_DISK).flatMap(([name, text]) =>
      Object.values(resourcesOf(parseStack(text), "aws_iam_account_alias")).map((alias) => ({
        name,
        ...alias,
      })),
    );
    expect(aliases).toEqual([{ name: "client", account_alias: "acme-client" }]);
  });

  test("is seen by every command that synthesizes", async () => {
    const client = parseStack((await synthesize(SAMPLE)).get("client"));
    expect(resourcesOf(client, "aws_iam_account_alias")).toEqual(
      resourcesOf(parseStack(ON_DISK.client), "aws_iam_account_alias"),
    );
  });

  test("is called once per account stack, with the account and its roles' ARNs", () => {
    const calls: (readonly [string, string, string, Readonly<Record<string, string>>])[] = [];
    const small = readAccounts("examples/staged-bootstrap/accounts.json");
    synthesizeInMemory(small, ({ stack, account, roleArns }) => {
      calls.push([stack.node.id, account.id, account.region, roleArns]);
    });
    expect(calls).toEqual([
      ["root", "100000000001", "eu-west-1", {}],
      [
        "shared",
        "100000000002",
        "eu-west-1",
        {
          ci: "arn:aws:iam::100000000002:role/build/ci",
          VendorReadOnly: "arn:aws:iam::100000000002:role/VendorReadOnly",
        },
      ],
      [
        "client",
        "100000000003",
        "us-east-1",
        {
          BuildRole: "arn:aws:iam::100000000003:role/crosstrust/BuildRole",
          MainAccountAdminRole: "arn:aws:iam::100000000003:role/MainAccountAdminRole",
          Billing: "arn:aws:iam::100000000003:role/Billing",
          VendorReadOnly: "arn:aws:iam::100000000003:role/VendorReadOnly",
        },
      ],
      [
        "deploy",
        "100000000004",
        "eu-west-1",
        { "crosstrust-deployer": "arn:aws:iam::100000000004:role/crosstrust-deployer" },
      ],
    ]);
  });
});
