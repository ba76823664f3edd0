import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  countResources,
  named,
  only,
  parseStack,
  policyOf,
  type StackJson,
} from "../constructs/stack-json";
import { allowing } from "../constructs/trusts";
import { BareProgram, CHECKOUT } from "./bare-program";

const SHARED = "444455556666";
const CLIENT = "111122223333";
const HUB = "777788889999";
const CI = `arn:aws:iam::${SHARED}:role/build/ci`;
const BUILD_ROLE = `arn:aws:iam::${CLIENT}:role/crosstrust/BuildRole`;
const DEPLOYER = `arn:aws:iam::${HUB}:role/deployer`;
const ADMINISTRATOR = `arn:aws:iam::${HUB}:role/OrganizationAccountAccessRole`;

const LOCK = { version: 1, applied: {}, principals: {}, stacks: {} };

const PROGRAM = new BareProgram();
let programs: readonly string[] = [];

beforeAll(async () => {
  await PROGRAM.install();
  programs = PROGRAM.copyExamples();
  PROGRAM.write("trust.lock.json", JSON.stringify(LOCK));
});

afterAll(() => PROGRAM.remove());

/** Runs a compiled example, and reads one of its stacks. */
async function synthesize(program: string, stack: string, lock: object = LOCK): Promise<StackJson> {
  PROGRAM.write("trust.lock.json", JSON.stringify(lock));
  const ran = await PROGRAM.node([`${program}.js`], program);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  return parseStack(PROGRAM.read(join(program, "stacks", stack, "cdk.tf.json")));
}

function confirming(arn: string): object {
  const principal = { uniqueId: "AROAEXAMPLEOFAROLE123", confirmedAt: "2026-11-23T10:00:00Z" };
  return { ...LOCK, principals: { [arn]: principal } };
}

function trustOf(stack: StackJson): unknown {
  return policyOf(only(stack, "aws_iam_role"), "assume_role_policy");
}

describe("what is packed", () => {
  test("is the compiled code and its data, the command, and the usual papers: no source, no test", () => {
    const others = PROGRAM.packedFiles.filter(
      (path) => !/^dist\/(src\/.+|extensions)(\.js|\.d\.ts)$/.test(path),
    );
    expect(others).toEqual([
      "LICENSE",
      "README.md",
      "bin/crosstrust.mjs",
      "dist/src/iam/console-colors.json",
      "dist/src/iam/evaluation/resource-control-services.json",
      "dist/src/iam/managed-policies.json",
      "package.json",
    ]);
  });

  test("has what main, types, exports and bin name", () => {
    const manifest: unknown = JSON.parse(PROGRAM.read("node_modules/crosstrust/package.json"));
    expect(manifest).toMatchObject({
      main: "dist/src/index.js",
      types: "dist/src/index.d.ts",
      exports: { ".": { types: "./dist/src/index.d.ts", default: "./dist/src/index.js" } },
      bin: { crosstrust: "bin/crosstrust.mjs" },
    });
    for (const file of ["dist/src/index.js", "dist/src/index.d.ts", "dist/src/cli/main.js"]) {
      expect(PROGRAM.packedFiles).toContain(file);
    }
  });

  test("is what the program uses: not the checkout, and no second copy of cdktf and constructs", async () => {
    const script = `
      const names = ["cdktf", "constructs"];
      const inPackage = require("node:module").createRequire(require.resolve("crosstrust"));
      const seen = (from) => names.map((name) => from.resolve(name));
      console.log(JSON.stringify([require.resolve("crosstrust"), seen(require), seen(inPackage)]));
    `;
    const { stdout } = await PROGRAM.node(["-e", script]);
    const [crosstrust, ofProgram, ofPackage] = z.array(z.unknown()).parse(JSON.parse(stdout));
    expect(crosstrust).toBe(
      realpathSync(join(PROGRAM.folder, "node_modules/crosstrust/dist/src/index.js")),
    );
    expect(ofPackage).toEqual(ofProgram);
  });

  test("exports the constructs alone: the inside of the package is out of reach", async () => {
    const { code, stderr } = await PROGRAM.node(["-e", 'require("crosstrust/dist/src/app.js")']);
    expect(code).toBe(1);
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe("in a bare CDKTF program", () => {
  test("every example passes the type check and compiles, as `exports` is resolved", async () => {
    expect(await PROGRAM.compile("Node16")).toBe("");
  });

  test("and as `main` and `types` are; a type error beside them is found", async () => {
    PROGRAM.write("wrong.ts", 'import { readLock } from "crosstrust"; readLock(1);');
    const errors = (await PROGRAM.compile("CommonJS")).trimEnd().split("\n");
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts\(1,\d+\): error TS2345/)]);
  });
});

describe("the examples", () => {
  test("are one per construct", () => {
    expect(programs.map((name) => name.replace(/\.ts$/, "")).sort()).toEqual([
      "account-logs",
      "assume-role-permission",
      "cross-account-bucket",
      "cross-account-group",
      "cross-account-key",
      "cross-account-role",
      "cross-account-user",
      "execution-role",
      "oidc-provider",
      "only-path-policies",
      "permission-set",
      "role-use-notifications",
      "trust-outputs",
    ]);
  });

  test("CrossAccountRole: the guarded account at first, the role once it is confirmed", async () => {
    const condition = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    const account = await synthesize("cross-account-role", "client");
    expect(countResources(account)).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachment: 1,
    });
    expect(trustOf(account)).toEqual(
      allowing({
        Principal: { AWS: `arn:aws:iam::${SHARED}:root` },
        Action: "sts:AssumeRole",
        Condition: { ...condition, ArnEquals: { "aws:PrincipalArn": CI } },
      }),
    );
    expect(policyOf(only(account, "aws_iam_role_policy"))).toEqual(
      allowing({
        Action: "dynamodb:PutItem",
        Resource: `arn:aws:dynamodb:eu-west-1:${CLIENT}:table/Images`,
      }),
    );
    const role = await synthesize("cross-account-role", "client", confirming(CI));
    expect(trustOf(role)).toEqual(
      allowing({ Principal: { AWS: CI }, Action: "sts:AssumeRole", Condition: condition }),
    );
  });

  test("AssumeRolePermission: exactly the roles, inline for our role and attached for another's", async () => {
    const shared = await synthesize("assume-role-permission", "shared");
    const grant = allowing({
      Action: "sts:AssumeRole",
      Resource: [BUILD_ROLE, `arn:aws:iam::${HUB}:role/crosstrust/BuildRole`],
    });
    expect(countResources(shared)).toEqual({
      aws_iam_role: 1,
      aws_iam_role_policy: 1,
      aws_iam_policy: 1,
      aws_iam_role_policy_attachment: 1,
    });
    expect(policyOf(only(shared, "aws_iam_role_policy"))).toEqual(grant);
    expect(policyOf(only(shared, "aws_iam_policy"))).toEqual(grant);
    expect(only(shared, "aws_iam_role_policy_attachment").role).toBe("legacy");
  });

  test("ExecutionRole: the hub for the deployer and its administrator, then the deployer alone", async () => {
    const at = async (lock: object) =>
      trustOf(await synthesize("execution-role", "client-bootstrap", lock));
    expect(await at(LOCK)).toEqual(
      allowing({
        Principal: { AWS: `arn:aws:iam::${HUB}:root` },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": [ADMINISTRATOR, DEPLOYER] } },
      }),
    );
    expect(await at(confirming(DEPLOYER))).toEqual(
      allowing({ Principal: { AWS: DEPLOYER }, Action: "sts:AssumeRole" }),
    );
    expect(
      only(
        parseStack(PROGRAM.read("execution-role/stacks/shared-bootstrap/cdk.tf.json")),
        "aws_iam_role",
      ),
    ).toMatchObject({ name: "crosstrust-execution", lifecycle: { prevent_destroy: true } });
  });

  test("CrossAccountUser: a user who may assume one role, and whose unique ID is told", async () => {
    const root = await synthesize("cross-account-user", "root");
    expect(policyOf(only(root, "aws_iam_user_policy"))).toEqual(
      allowing({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${CLIENT}:role/Billing` }),
    );
    expect(root.output.trusted_principals.value).toEqual({
      [`arn:aws:iam::${SHARED}:user/bob`]: expect.stringMatching(
        /^\$\{aws_iam_user\.\S+\.unique_id\}$/,
      ),
    });
  });

  test("CrossAccountGroup: users of the account with MFA on one side, the members' policy on the other", async () => {
    const client = await synthesize("cross-account-group", "client");
    expect(trustOf(client)).toEqual(
      allowing({
        Principal: { AWS: `arn:aws:iam::${SHARED}:root` },
        Action: "sts:AssumeRole",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${SHARED}:user/*` },
        },
      }),
    );
    const root = parseStack(PROGRAM.read("cross-account-group/stacks/root/cdk.tf.json"));
    expect(policyOf(only(root, "aws_iam_group_policy"))).toEqual(
      allowing({
        Action: "sts:AssumeRole",
        Resource: `arn:aws:iam::${CLIENT}:role/MainAccountAdminRole`,
      }),
    );
    expect(only(root, "aws_iam_group_membership").users).toEqual([
      expect.stringMatching(/^\$\{aws_iam_user\.\S+\.name\}$/),
    ]);
  });

  test("PermissionSet: both forms of the role's path on one side, the set's own policy on the other", async () => {
    const client = await synthesize("permission-set", "client");
    const roles = "arn:aws:iam::777788889999:role/aws-reserved/sso.amazonaws.com";
    expect(trustOf(client)).toEqual(
      allowing({
        Principal: { AWS: "arn:aws:iam::777788889999:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: {
            "aws:PrincipalArn": [
              `${roles}/*/AWSReservedSSO_Platform_????????????????`,
              `${roles}/AWSReservedSSO_Platform_????????????????`,
            ],
          },
        },
      }),
    );
    const main = parseStack(PROGRAM.read("permission-set/stacks/main/cdk.tf.json"));
    const { inline_policy: policy } = only(main, "aws_ssoadmin_permission_set_inline_policy");
    expect(JSON.parse(String(policy))).toEqual(
      allowing({
        Action: "sts:AssumeRole",
        Resource: `arn:aws:iam::${CLIENT}:role/PlatformAdmin`,
      }),
    );
    expect(only(main, "aws_ssoadmin_account_assignment")).toEqual(
      expect.objectContaining({ principal_type: "GROUP", target_id: "777788889999" }),
    );
  });

  test("OidcProvider: issuer, audience and subject are pinned", async () => {
    const hub = await synthesize("oidc-provider", "hub");
    expect(countResources(hub)).toEqual({ aws_iam_openid_connect_provider: 1, aws_iam_role: 1 });
    expect(trustOf(hub)).toEqual(
      allowing({
        Principal: {
          Federated: `arn:aws:iam::${HUB}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/main",
          },
        },
      }),
    );
  });

  test("CrossAccountBucket: the bucket policy in one account, the role's half in the other", async () => {
    const role = `arn:aws:iam::${CLIENT}:role/deploys`;
    const shared = await synthesize("cross-account-bucket", "shared");
    expect(policyOf(only(shared, "aws_s3_bucket_policy"))).toMatchObject({
      Statement: [
        { Sid: "TlsOnly", Effect: "Deny" },
        {
          Sid: "List",
          Principal: { AWS: `arn:aws:iam::${CLIENT}:root` },
          Condition: { ArnEquals: { "aws:PrincipalArn": role } },
        },
        { Sid: "Read", Resource: "arn:aws:s3:::acme-artifacts/builds/*" },
      ],
    });
    const client = parseStack(PROGRAM.read("cross-account-bucket/stacks/client/cdk.tf.json"));
    expect(policyOf(only(client, "aws_iam_role_policy"))).toMatchObject({
      Statement: [{ Action: "s3:GetObject" }, { Action: "s3:ListBucket" }],
    });
  });

  test("CrossAccountKey: the grant waits until the lock has the key's ARN", async () => {
    const aliasArn = `arn:aws:kms:eu-west-1:${SHARED}:alias/ami-encryption`;
    const keyArn = `arn:aws:kms:eu-west-1:${SHARED}:key/11112222-3333-4444-5555-666677778888`;
    const shared = await synthesize("cross-account-key", "shared");
    expect(Object.keys(Object(shared.output.shared_keys.value))).toEqual([aliasArn]);
    const waiting = parseStack(PROGRAM.read("cross-account-key/stacks/client/cdk.tf.json"));
    expect(countResources(waiting)).toEqual({ aws_iam_service_linked_role: 1 });
    const known = await synthesize("cross-account-key", "client", {
      ...LOCK,
      keys: { [aliasArn]: keyArn },
    });
    expect(only(known, "aws_kms_grant")).toMatchObject({ key_id: keyArn });
  });

  test("AccountLogs: the bucket in one account, a trail to it in each", async () => {
    const logs = await synthesize("account-logs", "logs");
    expect(policyOf(only(logs, "aws_s3_bucket_policy"))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": [CLIENT, SHARED].sort() } },
        },
        { Sid: "TlsOnly", Effect: "Deny" },
      ],
    });
    const member = parseStack(PROGRAM.read("account-logs/stacks/member/cdk.tf.json"));
    expect(countResources(member)).toEqual({ aws_cloudtrail: 1 });
    expect(only(member, "aws_cloudtrail")).toMatchObject({ s3_bucket_name: "acme-cloudtrail" });
  });

  test("TrustOutputs: what `crosstrust confirm` reads, from both sides", async () => {
    const ci = `arn:aws:iam::${SHARED}:role/ci`;
    const client = await synthesize("trust-outputs", "client");
    expect(client.output.trusts.value).toEqual({
      [`arn:aws:iam::${CLIENT}:role/BuildRole`]: { [ci]: "account" },
    });
    const shared = parseStack(PROGRAM.read("trust-outputs/stacks/shared/cdk.tf.json"));
    expect(named(shared, "aws_iam_role", "ci")).toMatchObject({ path: "/" });
    expect(policyOf(only(shared, "aws_iam_role_policy"))).toEqual(
      allowing({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${CLIENT}:role/BuildRole` }),
    );
    expect(shared.output.trusted_principals.value).toEqual({
      [ci]: expect.stringMatching(/^\$\{aws_iam_role\.\S+\.unique_id\}$/),
    });
  });

  test("a lost lock stops a program: it is not taken for an empty one", async () => {
    PROGRAM.delete("trust.lock.json");
    const { code, stderr } = await PROGRAM.node(["cross-account-role.js"]);
    expect(code).toBe(1);
    expect(stderr).toContain("expected trust.lock.json, found none");
  });
});

describe("the command of the package", () => {
  const BIN = "node_modules/crosstrust/bin/crosstrust.mjs";

  test("needs no TypeScript and no src", async () => {
    const { code, stdout } = await PROGRAM.node([BIN, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("confirm [options]");
  });

  test("confirms what a deploy's outputs name: the next synthesis tightens", async () => {
    PROGRAM.write("trust.lock.json", JSON.stringify(LOCK));
    const outputs = {
      shared: {
        trusted_principals: { [CI]: "AROAEXAMPLEOFAROLE123" },
        trusts: {},
        role_arns: {},
      },
    };
    PROGRAM.write("outputs.json", JSON.stringify(outputs));
    const { code, stdout } = await PROGRAM.node([BIN, "confirm", "--outputs", "outputs.json"]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(CI) });
    const lock = z.looseObject({}).parse(JSON.parse(PROGRAM.read("trust.lock.json")));
    expect(lock).toMatchObject({ principals: { [CI]: { uniqueId: "AROAEXAMPLEOFAROLE123" } } });
    const stack = await synthesize("cross-account-role", "client", lock);
    expect(trustOf(stack)).toMatchObject({ Statement: [{ Principal: { AWS: CI } }] });
  });
});

test("the command of the clone is the same file, and runs the sources", () => {
  expect(PROGRAM.read("node_modules/crosstrust/bin/crosstrust.mjs")).toBe(
    readFileSync(join(CHECKOUT, "bin/crosstrust.mjs"), "utf8"),
  );
});
