import { REVOKE_OLDER_SESSIONS } from "../../src/iam/revoke-older-sessions";
import { putInlinePolicy } from "../../src/rehearsal/aws/holder-policies";
import { resourcesOf } from "../constructs/stack-json";
import { sample } from "../rehearsal/model-of";
import { readAccounts, synthesize } from "../stacks/organization";
import { Checkout } from "./checkout";
import { FakeTerraform } from "./fake-terraform";
import { FakeTerminal } from "./fake-terminal";
import { follow, rolledOut } from "./rolled-out";
import { nextOf, type SimulatedCdktf } from "./simulated-cdktf";

const START = new Date("2026-11-23T10:00:00Z");
const HOUR = 3_600_000;
const IMAGES = "arn:aws:iam::100000000003:role/crosstrust/BuildRole";
const NEXT = "arn:aws:iam::100000000002:role/next";

let checkout: Checkout;
let cdktf: SimulatedCdktf;

beforeEach(() => {
  jest.useFakeTimers({ now: START, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
});

afterEach(() => {
  jest.useRealTimers();
});

/** At its end, with a role that can be assumed from `images`, and lets in others for longer. */
async function setUp(): Promise<void> {
  const accounts = sample();
  checkout = new Checkout({
    ...accounts,
    roles: {
      ...accounts.roles,
      next: {
        accounts: ["shared"],
        maxSessionDuration: 14_400,
        trusts: [
          { account: "client", role: "images" },
          { account: "root", group: "CrossAccount" },
        ],
      },
    },
  });
  cdktf = await rolledOut(checkout);
}

function tearDown(): void {
  FakeTerraform.remove();
  checkout.remove();
}

/** Stack to the moments of its seals. */
function seals(): Readonly<Record<string, readonly string[]>> {
  const stacks = synthesize(readAccounts(checkout.path("accounts.json")));
  const found = Object.entries(stacks).map(([stack, json]) => {
    const policies = Object.values(resourcesOf(json, "aws_iam_role_policy"))
      .filter(({ name }) => name === REVOKE_OLDER_SESSIONS)
      .map(({ policy }) => JSON.parse(String(policy)).Statement);
    for (const [statement] of policies) {
      expect(statement).toEqual({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { DateLessThan: { "aws:TokenIssueTime": expect.stringMatching(/Z$/) } },
      });
    }
    return [
      stack,
      policies.map(([{ Condition }]) => Condition.DateLessThan["aws:TokenIssueTime"]),
    ] as const;
  });
  return Object.fromEntries(found.filter(([, moments]) => moments.length > 0));
}

function inlinePolicies(accountId: string, role: string): readonly string[] {
  const { roles } = cdktf.world.terraform.aws.account(accountId);
  return [...roles.get(role).inlinePolicies.keys()].sort();
}

async function later(milliseconds: number): Promise<void> {
  jest.setSystemTime(Date.now() + milliseconds);
  await Promise.resolve();
}

describe("in simulated accounts", () => {
  beforeEach(setUp);
  afterEach(tearDown);

  test("from the trust to the last session by the commands that are named, nothing by hand", async () => {
    const status = async (): Promise<string> => (await checkout.run("status")).out;
    const revoked = await checkout.run("revoke", "images", "--yes");
    expect(await status()).toMatch(
      /^revoked 2026-11-23T10:00:00Z: shared\/ci in client\/BuildRole; not deployed: new sessions still begin$/m,
    );
    const early = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(early.code).toBe(2);
    expect(early.err).toContain(
      "found that client has it still, as far as the last confirm tells: new sessions would begin",
    );
    expect(await follow(checkout, cdktf, revoked.out)).toEqual([
      "npx cdktf deploy shared client",
      "npx crosstrust confirm",
    ]);
    expect(await status()).toMatch(
      /sessions that began before may still run: npx crosstrust revoke images --seal$/m,
    );
    expect(await status()).toMatch(/Next:\n.*\n {2}npx crosstrust revoke images --seal\n$/);

    await later(1_000);
    const first = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^ {2}client\/BuildRole +client +nobody$/m);
    expect(first.out).toMatch(/^ {2}shared\/next +shared +root\/user alice, client\/BuildRole$/m);
    expect(first.out).toMatch(
      /Then once more: npx crosstrust revoke images --seal, for sessions that begin in the reached roles until this deploy\.\n$/,
    );
    expect(seals()).toEqual({
      shared: ["2026-11-23T10:00:01Z"],
      client: ["2026-11-23T10:00:01Z"],
    });
    expect(await status()).toMatch(
      /^client\/BuildRole +\(older sessions denied\) +- +due +nobody$/m,
    );
    const undeployed = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(undeployed.code).toBe(2);
    expect(undeployed.err).toContain(
      "expected the seal before to be deployed, found that client, shared",
    );
    expect(await follow(checkout, cdktf, first.out)).toEqual([
      "npx cdktf deploy shared client",
      "npx crosstrust confirm",
    ]);
    expect(await status()).toContain(
      "before that was deployed: npx crosstrust revoke images --seal once more",
    );

    await later(60_000);
    const second = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(second.out).toMatch(/status says when the seal may go\.\n$/);
    expect(seals()).toEqual({
      shared: ["2026-11-23T10:01:01Z"],
      client: ["2026-11-23T10:00:01Z"],
    });
    expect(await follow(checkout, cdktf, second.out)).toEqual([
      "npx cdktf deploy shared",
      "npx crosstrust confirm",
    ]);
    expect(await status()).toContain("older sessions are denied until 2026-11-23T11:01:01Z\n");
    expect(await status()).toContain("Nothing is left to do");

    expect((await checkout.run("revoke", "--drop")).out).toContain("No seal may go yet.");
    await later(HOUR);
    expect(await status()).toMatch(/every session has ended: npx crosstrust revoke --drop$/m);
    expect(await status()).toMatch(/Next:\n.*\n {2}npx crosstrust revoke --drop\n$/);
    const dry = await checkout.run("revoke", "--drop", "--dry-run");
    expect(dry.out).toMatch(/\nNothing was changed: --dry-run\.\n$/);
    const dropped = await checkout.run("revoke", "--drop");
    expect(dropped.out).toContain("dropped 2 seals\n");
    expect(seals()).toEqual({});
    expect(await status()).toMatch(
      /^client\/BuildRole +\(older sessions denied\) +- +due +nobody: dropped here$/m,
    );
    expect(checkout.lock).not.toHaveProperty("revoked");
    expect(checkout.lock).not.toHaveProperty("sealed");
    await follow(checkout, cdktf, dropped.out);
    expect(inlinePolicies("100000000003", "BuildRole")).not.toContain(REVOKE_OLDER_SESSIONS);
    expect(await status()).not.toContain("revoked");
  });

  test("a trust that was deployed after the last confirmation is not sealed before the next", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.images.trusts.push({ account: "root", group: "CrossAccount" });
    checkout.write("accounts.json", JSON.stringify(accounts));
    for (const each of nextOf((await checkout.run("status")).out)) {
      if (each.command.startsWith("npx cdktf")) await cdktf.deploy(each);
    }
    const args = ["revoke", "images", "--principal", "root/CrossAccount"];
    const dry = await checkout.run(...args, "--dry-run");
    const revoked = await checkout.run(...args, "--yes");
    expect(nextOf(revoked.out)).toEqual(nextOf(dry.out.replace(/\nNothing was changed.*/, "")));
    const early = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(early.err).toContain("found that client has it still, as far as the last confirm tells");
    expect(await follow(checkout, cdktf, revoked.out)).toEqual([
      "npx cdktf deploy client",
      "npx cdktf deploy root",
      "npx crosstrust confirm",
    ]);
    expect((await checkout.run("revoke", "images", "--seal", "--yes")).code).toBe(0);
  });

  test("nor is the role that had it, once it is taken out of accounts.json too", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    const late = {
      accounts: ["client"],
      trusts: [{ account: "shared", role: "ci" }],
      statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: NEXT }],
    };
    accounts.roles.next.trusts.push({ account: "client", role: "late" });
    checkout.write(
      "accounts.json",
      JSON.stringify({ ...accounts, roles: { ...accounts.roles, late } }),
    );
    for (const each of nextOf((await checkout.run("status")).out)) {
      if (each.command.startsWith("npx cdktf")) await cdktf.deploy(each);
    }
    await checkout.run("revoke", "late", "--yes");
    accounts.roles.next.trusts.pop();
    checkout.write("accounts.json", JSON.stringify(accounts));
    const arn = "arn:aws:iam::100000000003:role/late";
    const early = await checkout.run("revoke", arn, "--seal", "--yes");
    expect(early.err).toContain("found that client has it still, as far as the last confirm tells");
    const { out } = await checkout.run("status");
    expect((await follow(checkout, cdktf, out)).join(" ")).toContain("client");
    expect((await checkout.run("revoke", arn, "--seal", "--yes")).code).toBe(0);
  });

  test("an incident responder's policy is not touched", async () => {
    const account = cdktf.world.terraform.aws.account("100000000003");
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
    });
    const origin = { stack: "", address: "" };
    const role = { kind: "role", name: "BuildRole" } as const;
    putInlinePolicy(account, role, "AWSRevokeOlderSessions", [policy], origin);
    const revoked = await checkout.run("revoke", "images", "--yes");
    await follow(checkout, cdktf, revoked.out);
    const sealed = await checkout.run("revoke", "images", "--seal", "--yes");
    await follow(checkout, cdktf, sealed.out);
    expect(inlinePolicies("100000000003", "BuildRole")).toEqual(
      expect.arrayContaining(["AWSRevokeOlderSessions", REVOKE_OLDER_SESSIONS]),
    );
  });

  test("the deployer's seal reaches every execution role, in its bootstrap stack", async () => {
    const revoked = await checkout.run(
      ...[
        "revoke",
        "crosstrust-deployer",
        "--principal",
        "token.actions.githubusercontent.com",
        "--yes",
      ],
    );
    expect(revoked).toMatchObject({ code: 0, err: "" });
    await follow(checkout, cdktf, revoked.out);
    const sealed = await checkout.run("revoke", "crosstrust-deployer", "--seal", "--yes");
    expect(sealed.out).toMatch(
      /^ {2}client\/crosstrust-execution +client-bootstrap +deploy\/crosstrust-deployer$/m,
    );
    expect(sealed.out).toContain(
      "deploys that run end with an error. Deploy these stacks with a session that begins later.",
    );
    expect(Object.keys(seals()).sort()).toEqual([
      "client-bootstrap",
      "deploy",
      "deploy-bootstrap",
      "shared-bootstrap",
    ]);
    expect(await follow(checkout, cdktf, sealed.out)).toEqual([
      "npx cdktf deploy '*-bootstrap'",
      "npx cdktf deploy deploy",
      "npx crosstrust confirm",
    ]);
    expect(inlinePolicies("100000000003", "crosstrust-execution")).toEqual([REVOKE_OLDER_SESSIONS]);
  });
});

describe("--seal", () => {
  let files: ReadonlyMap<string, string>;

  beforeAll(async () => {
    jest.useFakeTimers({ now: START, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    await setUp();
    await follow(checkout, cdktf, (await checkout.run("revoke", "images", "--yes")).out);
    const names = ["accounts.json", "trust.lock.json"];
    files = new Map(names.map((name) => [name, checkout.read(name)]));
  });

  beforeEach(() => {
    for (const [name, text] of files) checkout.write(name, text);
  });

  afterAll(tearDown);

  test("with --dry-run says all of it and writes nothing", async () => {
    const before = checkout.read("trust.lock.json");
    const { code, out } = await checkout.run("revoke", "images", "--seal", "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}shared\/next +shared +root\/user alice, client\/BuildRole$/m);
    expect(out).toMatch(/\nNothing was changed: --dry-run\.\n$/);
    expect(checkout.read("trust.lock.json")).toBe(before);
  });

  test("with --json has moments, stacks and whose sessions end; of a chain's end an hour, whatever its role", async () => {
    const { out } = await checkout.run("revoke", "images", "--seal", "--yes", "--json");
    const moments = { before: "2026-11-23T10:00:00Z", until: "2026-11-23T11:00:00Z" };
    expect(JSON.parse(out)).toEqual({
      changed: true,
      sealed: [
        { roleArn: IMAGES, stack: "client", ...moments, endsToo: [] },
        {
          roleArn: NEXT,
          stack: "shared",
          ...moments,
          endsToo: ["arn:aws:iam::100000000001:user/alice", IMAGES],
        },
      ],
      next: [
        expect.objectContaining({ command: "npx cdktf deploy shared client" }),
        expect.objectContaining({ command: "npx crosstrust confirm" }),
      ],
    });
  });

  test("asks, and a no changes nothing", async () => {
    const before = checkout.read("trust.lock.json");
    const terminal = new FakeTerminal(false);
    await checkout.runOn(terminal, "revoke", "images", "--seal");
    expect(terminal.questions).toEqual(["Deny these sessions?"]);
    expect(checkout.read("trust.lock.json")).toBe(before);
  });

  test.each([
    [["images", "--seal", "--principal", "shared/ci"], "expected no --principal beside --seal"],
    [["ci", "--seal"], "run npx crosstrust revoke ci first"],
    [["images", "--drop"], "expected no role beside --drop, found images"],
  ])("refuses %j", async (args, message) => {
    const { code, err } = await checkout.run("revoke", ...args, "--yes");
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("refuses where the trust is there again, and --drop forgets the revocation", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.images.trusts = [{ account: "shared", role: "ci" }];
    checkout.write("accounts.json", JSON.stringify(accounts));
    await checkout.run("confirm", "--prune");
    expect((await checkout.run("status")).out).toContain(
      "trusted again: npx crosstrust revoke --drop forgets it",
    );
    const { code, err } = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("found it in accounts.json again");
    const dropped = await checkout.run("revoke", "--drop", "--json");
    expect(JSON.parse(dropped.out)).toMatchObject({ dropped: [], forgotten: [IMAGES] });
    expect(checkout.lock).not.toHaveProperty("revoked");
  });

  test("of a role that is gone meanwhile, by its ARN, seals what was reached from it", async () => {
    const { roles } = JSON.parse(checkout.read("accounts.json"));
    delete roles.images;
    roles.next.trusts.shift();
    checkout.write(
      "accounts.json",
      JSON.stringify({ ...JSON.parse(checkout.read("accounts.json")), roles }),
    );
    await follow(checkout, cdktf, (await checkout.run("status")).out);
    const { code } = await checkout.run("revoke", IMAGES, "--seal", "--yes");
    expect(code).toBe(0);
    expect(Object.keys(seals())).toEqual(["shared"]);
  });

  test("refuses while an account has the role that accounts.json no longer has", async () => {
    const lock = JSON.parse(checkout.read("trust.lock.json"));
    const terms = {
      ...lock.terms,
      [IMAGES.replace("100000000003", "900000000001")]: { x: "0123456789abcdef" },
    };
    const gone = IMAGES.replace("100000000003", "900000000001");
    const revoked = { [gone]: { ...lock.revoked[IMAGES] } };
    checkout.write("trust.lock.json", JSON.stringify({ ...lock, terms, revoked }));
    const { code, err } = await checkout.run("revoke", gone, "--seal", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("an account that accounts.json no longer has has it still");
  });
});
