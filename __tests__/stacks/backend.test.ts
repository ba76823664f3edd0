import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { modelOf, synthesize } from "./organization";

/** What each stack says of its state: nothing else of `terraform` is ever written. */
function backends(backend: Readonly<Record<string, unknown>> | undefined) {
  const model = modelOf({
    settings: { ...(backend !== undefined && { backend }) },
    accounts: { shared: { id: "100000000002" }, client: { id: "100000000003" } },
    roles: { ci: { accounts: ["*"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] } },
  });
  return Object.fromEntries(
    Object.entries(synthesize(model)).map(([name, { terraform }]) => {
      const { required_providers: providers, ...rest } = terraform;
      expect(providers).toEqual({ aws: { source: "aws", version: expect.any(String) } });
      return [name, rest];
    }),
  );
}

test.each([["no backend is named", undefined] as const, ["local is", { type: "local" }] as const])(
  "states lie beside accounts.json, relative to where Terraform runs, when %s",
  (_, backend) => {
    expect(backends(backend)).toEqual({
      shared: { backend: { local: { path: "../../../state/shared.tfstate" } } },
      client: { backend: { local: { path: "../../../state/client.tfstate" } } },
    });
  },
);

test("with s3 each stack has its own key, and S3 itself keeps writers apart", () => {
  expect(
    backends({
      type: "s3",
      bucket: "acme-terraform",
      region: "eu-central-1",
      keyPrefix: "crosstrust",
    }),
  ).toEqual(
    Object.fromEntries(
      ["shared", "client"].map((stack) => [
        stack,
        {
          backend: {
            s3: {
              bucket: "acme-terraform",
              key: `crosstrust/${stack}.tfstate`,
              region: "eu-central-1",
              encrypt: true,
              use_lockfile: true,
            },
          },
        },
      ]),
    ),
  );
});

test("with s3 and no prefix the key is the stack's name, in the default region", () => {
  expect(backends({ type: "s3", bucket: "acme-terraform" })).toMatchObject({
    shared: { backend: { s3: { key: "shared.tfstate", region: "us-east-1" } } },
  });
});

test("with cloud each stack has one named workspace, and no backend beside it", () => {
  expect(
    backends({
      type: "cloud",
      hostname: "tfe.example.com",
      organization: "acme",
      project: "Cross-account access",
      workspacePrefix: "crosstrust-",
    }),
  ).toEqual(
    Object.fromEntries(
      ["shared", "client"].map((stack) => [
        stack,
        {
          cloud: {
            hostname: "tfe.example.com",
            organization: "acme",
            workspaces: { name: `crosstrust-${stack}`, project: "Cross-account access" },
          },
        },
      ]),
    ),
  );
});

test("with cloud the host is HCP Terraform's, and the project the organization's default", () => {
  expect(backends({ type: "cloud", organization: "acme" })).toMatchObject({
    shared: {
      cloud: {
        hostname: "app.terraform.io",
        organization: "acme",
        workspaces: { name: "shared" },
      },
    },
  });
});

describe("Terraform is not needed at synthesis", () => {
  const folder = mkdtempSync(join(tmpdir(), "crosstrust-backend-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // In a process of its own: jest's process.env is not the one that child processes inherit.
  test.each([
    { type: "local" },
    { type: "s3", bucket: "acme-terraform" },
    { type: "cloud", organization: "acme" },
  ])(
    "with $type",
    async (backend) => {
      const accounts = join(folder, `${backend.type}.json`);
      const outdir = join(folder, backend.type);
      writeFileSync(
        accounts,
        JSON.stringify({ settings: { backend }, accounts: { shared: { id: "100000000002" } } }),
      );
      const env = { PATH: "", CROSSTRUST_ACCOUNTS: accounts, CDKTF_OUTDIR: outdir };
      mkdirSync(outdir);
      await promisify(execFile)(process.execPath, ["--import", "tsx", "main.ts"], { env });
      expect(readdirSync(join(outdir, "stacks"))).toEqual(["shared"]);
    },
    30_000,
  );
});
