import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { FakeSts } from "./harness/fake-sts";
import { mustRun } from "./harness/run-process";
import { sayWhatIsSkipped, type Obstacle } from "./harness/say-what-is-skipped";
import { CHECKOUT } from "./harness/stand-in";

const BIN = join(CHECKOUT, "bin/crosstrust.mjs");

/** A Python that can import botocore: the emulator's, or the machine's. */
const PYTHON = [join(CHECKOUT, ".e2e/emulator-venv/bin/python"), "python3"].find(
  (python) => spawnSync(python, ["-c", "import botocore"]).status === 0,
);
const HAS_CLI = spawnSync("aws", ["--version"]).status === 0;

/** Gets into a profile as boto3 does, with 123456 for the code that it asks for. */
const GET_IN = `
import getpass, json, sys
getpass.getpass = lambda prompt: "123456"
import botocore.session
session = botocore.session.Session(profile=sys.argv[1])
arn = session.create_client("sts").get_caller_identity()["Arn"]
print(json.dumps({"arn": arn, "profiles": session.available_profiles, "region": session.get_config_variable("region")}))
`;

const GOT_IN = z.object({ arn: z.string(), profiles: z.array(z.string()), region: z.string() });

const ORGANIZATION = {
  settings: { region: "eu-west-1" },
  accounts: {
    main: { id: "100000000001", management: true },
    client: { id: "111122223333", region: "us-east-1" },
    build: { id: "444455556666" },
  },
  identities: {
    main: {
      users: { alice: { mfaDevice: "alices-phone" } },
      groups: { Admins: { users: ["alice"] } },
    },
  },
  roles: {
    admin: {
      name: "Admin=1,2@x.y+z",
      path: "/people/",
      accounts: ["client"],
      maxSessionDuration: 7200,
      trusts: [{ account: "main", group: "Admins" }],
    },
    ci: { accounts: ["build"], trusts: [{ service: "lambda.amazonaws.com" }] },
    deploy: {
      accounts: ["client"],
      maxSessionDuration: 43200,
      trusts: [{ account: "build", role: "ci", externalId: "a=b:c/d@e.f,g+h" }],
    },
  },
};

const ADMIN = "client/Admin%3D1%2C2@x.y+z";

let folder: string;
let sts: FakeSts;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crosstrust-e2e-aws-config-"));
  sts = new FakeSts();
  env = {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_ENDPOINT_URL_STS: await sts.start(),
    AWS_EC2_METADATA_DISABLED: "true",
  };
  writeFileSync(join(folder, "accounts.json"), JSON.stringify(ORGANIZATION));
  writeFileSync(join(folder, "trust.lock.json"), LOCK);
  writeFileSync(
    join(folder, "config"),
    "[default]\nregion = eu-north-1\n\n[profile mine]\noutput = text",
  );
  writeFileSync(join(folder, "credentials"), `[default]\n${KEYS}`);
  for (const args of [
    ["--user", "alice"],
    ["--role", "ci"],
  ]) {
    await mustRun(process.execPath, [BIN, "profiles", ...args], { cwd: folder, env });
  }
});

afterAll(async () => {
  await sts.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A group of tests that is skipped, loudly, on a machine without what it needs. */
function describeWhere(isThere: boolean, name: string, obstacle: Obstacle, define: () => void) {
  if (isThere) {
    describe(name, define);
    return;
  }
  sayWhatIsSkipped(name, obstacle);
  describe.skip(name, define);
}

const LOCK = JSON.stringify({ version: 1, principals: {}, applied: {}, stacks: {} });
const KEYS = "aws_access_key_id = AKIAFAKE\naws_secret_access_key = fake\n";
const MACHINE = { AWS_ACCESS_KEY_ID: "AKIAFAKE", AWS_SECRET_ACCESS_KEY: "fake" };

const OF_ADMIN = {
  Action: "AssumeRole",
  RoleArn: "arn:aws:iam::111122223333:role/people/Admin=1,2@x.y+z",
  RoleSessionName: "alice",
  SerialNumber: "arn:aws:iam::100000000001:mfa/alices-phone",
  TokenCode: "123456",
  DurationSeconds: "7200",
};
const OF_DEPLOY = {
  Action: "AssumeRole",
  RoleArn: "arn:aws:iam::111122223333:role/deploy",
  RoleSessionName: expect.any(String),
  ExternalId: "a=b:c/d@e.f,g+h",
  DurationSeconds: "3600",
};

describeWhere(
  PYTHON !== undefined,
  "botocore and the written profiles",
  {
    tests: "These tests read the AWS configuration as boto3 does.",
    reasons: ["there is no python3 with botocore"],
  },
  () => {
    async function getIn(profile: string, more: Readonly<Record<string, string>> = {}) {
      const { stdout } = await mustRun(PYTHON ?? "python3", ["-c", GET_IN, profile], {
        cwd: folder,
        env: { ...env, ...more },
      });
      return GOT_IN.parse(JSON.parse(stdout));
    }

    test("a user gets in with his device, his name and the role's duration", async () => {
      const { arn, region } = await getIn(ADMIN);

      expect([arn, region]).toEqual([OF_ADMIN.RoleArn, "us-east-1"]);
      expect(sts.assumed.at(-1)).toEqual(OF_ADMIN);
    });

    test("a machine gets in with its own credentials, the external ID and an hour", async () => {
      await getIn("client/deploy", MACHINE);

      expect(sts.assumed.at(-1)).toEqual(OF_DEPLOY);
    });

    test("the profiles that were there are there still", async () => {
      expect((await getIn("client/deploy", MACHINE)).profiles.sort()).toEqual(
        ["default", "mine", ADMIN, "client/deploy"].sort(),
      );
      expect((await getIn("default")).region).toBe("eu-north-1");
    });
  },
);

describeWhere(
  HAS_CLI,
  "the AWS CLI and the written profiles",
  {
    tests: "These tests use the profiles as people do at a prompt.",
    reasons: ["there is no aws on the PATH"],
  },
  () => {
    async function aws(...args: readonly string[]): Promise<string> {
      return (await mustRun("aws", args, { cwd: folder, env: { ...env, ...MACHINE } })).stdout;
    }

    test("a machine gets in with its own credentials, the external ID and an hour", async () => {
      await aws("sts", "get-caller-identity", "--profile", "client/deploy");

      expect(sts.assumed.at(-1)).toEqual(OF_DEPLOY);
    });

    test.each([
      ["role_arn", OF_ADMIN.RoleArn],
      ["mfa_serial", OF_ADMIN.SerialNumber],
      ["source_profile", "default"],
    ])("%s of a user's profile is %s", async (key, value) => {
      expect(await aws("configure", "get", key, "--profile", ADMIN)).toBe(`${value}\n`);
    });
  },
);
