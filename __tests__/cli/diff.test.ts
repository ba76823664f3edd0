import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { Checkout } from "./checkout";

const BASE = {
  accounts: {
    build: { id: "100000000001" },
    prod: { id: "100000000002" },
    vendor: { id: "900000000001", external: true },
  },
  identities: { build: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } } },
  roles: {
    ci: { accounts: ["build"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
    deploy: { accounts: ["prod"], trusts: [{ account: "build", role: "ci" }] },
    admin: { accounts: ["prod"], trusts: [{ account: "build", group: "Admins" }] },
    audit: { accounts: ["prod"], trusts: [{ account: "vendor", externalId: "first-key" }] },
  },
};

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(BASE, EMPTY_LOCK);
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "before");
});

afterEach(() => checkout.remove());

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: checkout.folder });
}

function change(roles: object, more: object = {}): void {
  const { roles: before } = BASE;
  checkout.write(
    "accounts.json",
    JSON.stringify({ ...BASE, ...more, roles: { ...before, ...roles } }),
  );
}

async function sentences(): Promise<readonly string[]> {
  const { out } = await checkout.run("diff", "main", "--json");
  return JSON.parse(out).changes.map(
    ({ direction, text }: Record<string, string>) => `${direction}: ${text}`,
  );
}

describe("diff of a git revision and the working tree", () => {
  test("says that nothing changed, with exit code 0", async () => {
    const { code, out, err } = await checkout.run("diff", "HEAD");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^No change in access between HEAD \([0-9a-f]{12}\) and the working tree\.\n$/,
    );
  });

  test("a trust in a role that becomes one in its account is widened, with exit code 1", async () => {
    change({ deploy: { accounts: ["prod"], trusts: [{ account: "build" }] } });
    const { code, out } = await checkout.run("diff", "HEAD");
    expect(code).toBe(1);
    expect(out).toMatch(/^widened\n {2}any user or role of build can now assume prod\/deploy\n/);
    expect(out).toContain("stack prod: aws_iam_role.role-deploy_role_");
    expect(out).toMatch(/: 1 widened, 1 narrowed, 0 replaced, 0 undecided\n$/);
  });

  test("a condition that is dropped is told by what need no longer be there", async () => {
    change({
      admin: { accounts: ["prod"], trusts: [{ account: "build", group: "Admins", mfa: false }] },
      audit: { accounts: ["prod"], trusts: [{ account: "vendor", externalId: "second-key" }] },
    });
    expect(await sentences()).toEqual([
      "widened: any user of build can assume prod/admin without MFA now",
      'widened: any user or role of vendor can assume prod/audit now also with external ID "second-key"',
      'narrowed: any user or role of vendor can assume prod/audit no longer with external ID "first-key"',
    ]);
  });

  test("the organization that is no longer demanded is told of every trust in its accounts", async () => {
    change({}, { settings: { organizationId: "o-a1b2c3d4e5" } });
    git("commit", "--all", "--quiet", "--message", "with an organization");
    change({});
    expect(await sentences()).toEqual([
      "widened: build/ci can assume prod/deploy without organization o-a1b2c3d4e5 now",
      "widened: any user of build can assume prod/admin without organization o-a1b2c3d4e5 now",
    ]);
  });

  test("a condition that is added narrows, with exit code 0", async () => {
    change({
      deploy: {
        accounts: ["prod"],
        trusts: [{ account: "build", role: "ci", sourceIp: ["203.0.113.0/24"] }],
      },
    });
    expect((await checkout.run("diff", "main")).code).toBe(0);
    expect(await sentences()).toEqual([
      "narrowed: build/ci can assume prod/deploy from 203.0.113.0/24 instead of from any address",
    ]);
  });

  test("an end that is put off is told with both ends", async () => {
    const until = (expires: string): object => ({
      deploy: { accounts: ["prod"], trusts: [{ account: "build", role: "ci", expires }] },
    });
    change(until("2030-01-01T00:00:00Z"));
    git("commit", "--all", "--quiet", "--message", "with an end");
    change(until("2031-01-01T00:00:00Z"));
    expect(await sentences()).toEqual([
      "widened: build/ci can assume prod/deploy until 2031-01-01T00:00:00Z instead of until 2030-01-01T00:00:00Z",
    ]);
  });

  test("a principal that is confirmed narrows its trust to itself, and a reopened one widens it", async () => {
    const arn = "arn:aws:iam::100000000001:role/ci";
    await checkout.run("confirm", "--principal", arn, "--unique-id", "AROAABCDEFGHIJKLMNOPQ");
    const narrowed =
      "narrowed: build/ci (if deleted and made again) can no longer assume prod/deploy: the policy names this very role now";
    expect(await sentences()).toEqual([narrowed]);
    git("commit", "--all", "--quiet", "--message", "confirmed");
    await checkout.run("reopen", "--principal", arn, "--yes");
    expect(await sentences()).toEqual([
      "widened: build/ci (if deleted and made again) can now assume prod/deploy: the policy does not name this very role any more",
    ]);
  });

  test("a renamed role is replaced, and not gained and lost, and the stacks to apply again are named", async () => {
    change({ ci: { ...BASE.roles.ci, name: "builder" } });
    const { code, out } = await checkout.run("diff", "main");
    expect(code).toBe(0);
    expect(out).toContain(
      "replaced\n  build/ci becomes build/builder: its name changed. prod/deploy no longer lets it in until it is applied again: deploy build, run crosstrust confirm, then deploy prod\n",
    );
    expect(out).toMatch(/: 0 widened, 0 narrowed, 1 replaced, 0 undecided\n$/);
  });

  test("permissions are told by action, and AWS managed policies by name", async () => {
    change({
      deploy: {
        ...BASE.roles.deploy,
        managedPolicies: ["PowerUserAccess"],
        statements: [
          { Effect: "Allow", Action: ["s3:GetObject", "s3:Put*"], Resource: "arn:aws:s3:::data/*" },
        ],
      },
    });
    expect(await sentences()).toEqual([
      "widened: prod/deploy may now do what the AWS managed policy PowerUserAccess allows",
      "widened: prod/deploy may now do s3:GetObject and s3:Put* on s3 data/*",
    ]);
  });

  test("a policy that is split, reordered and named otherwise is no change", async () => {
    const statement = (Action: string): object => ({ Effect: "Allow", Action, Resource: "*" });
    const together = {
      Sid: "All",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "*",
    };
    change({ deploy: { ...BASE.roles.deploy, statements: [together] } });
    git("commit", "--all", "--quiet", "--message", "together");
    change({
      deploy: {
        ...BASE.roles.deploy,
        statements: [statement("s3:PutObject"), statement("s3:GetObject")],
      },
    });
    const { code, out } = await checkout.run("diff", "HEAD");
    expect(code).toBe(0);
    expect(out).toMatch(/^No change in access/m);
  });
});

describe("what diff prints, and its exit code", () => {
  const WIDER = { deploy: { accounts: ["prod"], trusts: [{ account: "build" }] } };
  const ENTRY = {
    principal: "any * of build",
    target: "prod/deploy",
    reason: "OPS-12",
    until: "9999-12-31",
  };

  test("what --allow covers is told with its reason, with exit code 0", async () => {
    change(WIDER);
    checkout.write("allow.json", JSON.stringify({ allow: [ENTRY] }));
    const { code, out, err } = await checkout.run("diff", "main", "--allow", "allow.json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      "widened, and allowed\n  any user or role of build can now assume prod/deploy\n",
    );
    expect(out).toMatch(/\n +allow\.json:\d+:\d+: OPS-12 \(until 9999-12-31\)\n/);
    expect(out).toMatch(/: 0 widened, 1 allowed, 1 narrowed, 0 replaced, 0 undecided\n$/);
  });

  test("an entry that expired allows nothing and is told, as is one without use", async () => {
    change(WIDER);
    checkout.write(
      "allow.yaml",
      `allow:\n- ${JSON.stringify({ ...ENTRY, until: "2026-01-01" })}\n- ${JSON.stringify({ ...ENTRY, target: "prod/x" })}\n`,
    );
    const { code, err } = await checkout.run("diff", "main", "--allow", "allow.yaml");
    expect(code).toBe(1);
    expect(err).toMatch(
      /warning: allow\.yaml:2:\d+: expired on 2026-01-01, so that it allows nothing/,
    );
    expect(err).toMatch(/warning: allow\.yaml:3:\d+: allows nothing that this change widens/);
  });

  test("everything that is wrong with the file of --allow is told at once, with exit code 2", async () => {
    const wrong = { principal: "build/ci", target: "prod/deploy", until: "2026-02-30", reasn: "x" };
    checkout.write("allow.json", JSON.stringify({ allow: [wrong] }));
    const { code, err } = await checkout.run("diff", "main", "--allow", "allow.json");
    expect(code).toBe(2);
    expect(err).toContain("allow[0].until");
    expect(err).toContain('write "reason" if that is meant');
  });

  test("more permissions than are compared are told of in every output", async () => {
    const Action = Array.from({ length: 401 }, (_, number) => `ec2:Action${number}`);
    const statements = [{ Effect: "Allow", Action, Resource: "*" }];
    change({ deploy: { ...BASE.roles.deploy, statements } });
    const text =
      "prod/deploy may gain or lose more than is told: the policies differ in more than 400 actions on resources, and no more than these are compared";
    const { out } = await checkout.run("diff", "main");
    expect(out).toContain(`cannot be told\n  ${text}\n`);
    expect(out).toMatch(/: 1 widened, 0 narrowed, 0 replaced, 1 undecided\n$/);
    const markdown = await checkout.run("diff", "main", "--markdown");
    expect(markdown.out).toContain(`| cannot be told | ${text} | prod |`);
    expect(await sentences()).toContain(`undecided: ${text}`);
    const sarif = JSON.parse((await checkout.run("diff", "main", "--sarif")).out);
    expect(sarif.runs[0].results[1]).toMatchObject({
      ruleId: "access-undecided",
      message: { text },
    });
  });

  test("--markdown and --sarif print one document each", async () => {
    change(WIDER);
    const markdown = await checkout.run("diff", "main", "--markdown");
    expect(markdown.code).toBe(1);
    expect(markdown.out).toMatch(/^<!-- crosstrust diff -->\n### Access: 1 widened, 1 narrowed/);
    const sarif = JSON.parse((await checkout.run("diff", "main", "--sarif")).out);
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: "access-widened",
      message: { text: "any user or role of build can now assume prod/deploy" },
      locations: [{ physicalLocation: { artifactLocation: { uri: "accounts.json" } } }],
    });
    expect((await checkout.run("diff", "main", "--sarif", "--json")).code).toBe(2);
  });
});

describe("which estates diff compares", () => {
  test("a revision is synthesized by its own program, own constructs included", async () => {
    // The program of a revision that made a role by hand, and of which today's knows nothing.
    const role = {
      name: "debug",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
      }),
    };
    const stack = {
      provider: { aws: [{ allowed_account_ids: ["100000000002"], region: "us-east-1" }] },
      resource: { aws_iam_role: { debug: role } },
    };
    checkout.write("cdktf.json", JSON.stringify({ app: "node program.js" }));
    checkout.write(
      "program.js",
      `const { mkdirSync, writeFileSync } = require("node:fs");
const out = process.env.CDKTF_OUTDIR;
mkdirSync(out + "/stacks/prod", { recursive: true });
writeFileSync(out + "/stacks/prod/cdk.tf.json", ${JSON.stringify(JSON.stringify(stack))});
writeFileSync(out + "/manifest.json", JSON.stringify({ stacks: { prod: { synthesizedStackPath: "stacks/prod/cdk.tf.json" } } }));
`,
    );
    git("add", "--all");
    git("commit", "--quiet", "--message", "with a program");
    const { out } = await checkout.run("diff", "main", "--json");
    expect(JSON.parse(out).changes.map(({ text }: { text: string }) => text)).toContain(
      "any user or role anywhere in AWS and any AWS service can no longer assume prod/debug",
    );
  });

  test("a revision whose program fails says so, with what the program said, and exit code 2", async () => {
    checkout.write("cdktf.json", JSON.stringify({ app: "node -e 'throw new Error(123456)'" }));
    git("add", "--all");
    git("commit", "--quiet", "--message", "with a broken program");
    const { code, err } = await checkout.run("diff", "main");
    expect(code).toBe(2);
    expect(err).toContain("expected the program of main to synthesize with today's dependencies");
    expect(err).toContain("123456");
  });

  test("a word that is a folder of stacks and a branch is the folder", async () => {
    git("branch", "both");
    checkout.write("both/manifest.json", JSON.stringify({ stacks: {} }));
    const { out } = await checkout.run("diff", "both");
    expect(out).toMatch(/\nthe folder both to the working tree: /);
    expect((await checkout.run("diff", "refs/heads/both")).out).toMatch(/^No change in access/);
  });

  test("a word that names nothing says what was expected, with exit code 2", async () => {
    const { code, err } = await checkout.run("diff", "mian");
    expect(code).toBe(2);
    expect(err).toContain(
      'expected BEFORE or AFTER to name a commit, branch or tag, found "mian"; did you mean main?',
    );
  });

  test("a folder without synthesized stacks says how to make them", async () => {
    mkdirSync(checkout.path("empty"));
    const { code, err } = await checkout.run("diff", "empty");
    expect(code).toBe(2);
    expect(err).toContain("npx cdktf synth --output FOLDER");
  });
});
