import { lockSync } from "proper-lockfile";
import writeFileAtomic from "write-file-atomic";
import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { Checkout } from "./checkout";

const CI = "arn:aws:iam::444455556666:role/ci";
const AUDITOR = "arn:aws:iam::900000000001:role/auditor";
const READER = "arn:aws:iam::111122223333:role/reader";
const GONE = "arn:aws:iam::444455556666:role/gone";
const CI_ID = "AROAEXAMPLEEXAMPLE01";
const OTHER_ID = "AROAEXAMPLEEXAMPLE02";
const THEN = "2020-01-01T00:00:00Z";

const ACCOUNTS = {
  accounts: {
    a: { id: "111122223333" },
    b: { id: "444455556666" },
    vendor: { id: "900000000001", external: true },
  },
  roles: {
    reader: {
      accounts: ["a"],
      trusts: [
        { account: "b", role: "ci" },
        { account: "vendor", role: "auditor", externalId: "some_key" },
      ],
    },
    ci: { accounts: ["b"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
  },
};

const CONFIRMED: Lock = {
  principals: { [CI]: { uniqueId: CI_ID, confirmedAt: THEN } },
  applied: { [READER]: { [CI]: CI_ID, [AUDITOR]: "account" } },
  stacks: { a: "111122223333", b: "444455556666" },
};

let checkout: Checkout;

afterEach(() => checkout.remove());

/** A file as `cdktf deploy --outputs-file` writes it. */
function writeOutputs(ciId: string | undefined, applied: Record<string, string> = {}): void {
  checkout.write(
    "outputs.json",
    JSON.stringify({
      a: {
        trusted_principals: {},
        trusts: { [READER]: { [CI]: "account", [AUDITOR]: "account", ...applied } },
        role_arns: { reader: READER },
      },
      b: {
        trusted_principals: ciId === undefined ? {} : { [CI]: ciId },
        trusts: {},
        role_arns: {},
      },
    }),
  );
}

const fromFile = (...args: readonly string[]) =>
  checkout.run("confirm", "--outputs", "outputs.json", ...args);
const byHand = (principal: string, uniqueId: string, ...args: readonly string[]) =>
  checkout.run("confirm", "--principal", principal, "--unique-id", uniqueId, ...args);

describe("confirm --outputs", () => {
  test("records what exists and what is applied, and names what is due", async () => {
    checkout = new Checkout(ACCOUNTS);
    writeOutputs(CI_ID);
    const { code, out, err } = await fromFile();
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`confirmed ${CI}
recorded what is applied of 1 role
Next:
  # as an administrator who may assume each account's OrganizationAccountAccessRole
  npx cdktf deploy a
  # records what exists now
  npx crosstrust confirm
`);
    expect(checkout.lock).toEqual({
      principals: {
        [CI]: { uniqueId: CI_ID, confirmedAt: expect.stringMatching(/^20\d\d-.*T[\d:]{8}Z$/) },
      },
      applied: { [READER]: { [CI]: "account", [AUDITOR]: "account" } },
      stacks: { a: "111122223333", b: "444455556666" },
    });
  });

  test("of what is recorded already changes nothing", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    writeOutputs(CI_ID, { [CI]: CI_ID });
    const before = checkout.read("trust.lock.json");
    const { code, out } = await fromFile();
    expect(code).toBe(0);
    expect(out).toMatch(/^nothing new\n/);
    expect(checkout.read("trust.lock.json")).toBe(before);
  });

  test("of a role that was made again names who trusts it, records nothing of it, and exits 1", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    writeOutputs(OTHER_ID, { [CI]: CI_ID });
    const before = checkout.read("trust.lock.json");
    const { code, out } = await fromFile();
    expect(code).toBe(1);
    expect(out).toBe(`recreated ${CI}: was ${CI_ID}, is ${OTHER_ID}
  trusted by a, to be deployed again
Not recorded: find out who made it again, then run this command with --accept-recreated.
`);
    expect(checkout.read("trust.lock.json")).toBe(before);
  });

  test("with --accept-recreated records it, and its trusts are due", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    writeOutputs(OTHER_ID, { [CI]: CI_ID });
    const { code, out } = await fromFile("--accept-recreated");
    expect(code).toBe(0);
    expect(out).toContain(`recreated, accepted ${CI}: was ${CI_ID}, is ${OTHER_ID}`);
    expect(out).toContain("npx cdktf deploy a\n");
    expect(checkout.lock.principals[CI].uniqueId).toBe(OTHER_ID);
    expect(checkout.lock.principals[CI].confirmedAt).not.toBe(THEN);
  });

  test("of a confirmed role that its stack no longer has says how to reopen, and exits 1", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    writeOutputs(undefined, { [CI]: CI_ID });
    const { code, out } = await fromFile();
    expect(code).toBe(1);
    expect(out).toContain(`missing ${CI}: confirmed, but its stack's outputs no longer name it`);
    expect(out).toContain(`npx crosstrust reopen --principal ${CI}`);
  });

  test("keeps an entry that accounts.json no longer has until --prune, and says so", async () => {
    checkout = new Checkout(ACCOUNTS, {
      ...CONFIRMED,
      principals: { ...CONFIRMED.principals, [GONE]: { uniqueId: OTHER_ID, confirmedAt: THEN } },
    });
    writeOutputs(CI_ID, { [CI]: CI_ID });
    expect((await fromFile()).out).toContain(
      `1 entry of the lock count for nothing: accounts.json no longer has ${GONE}; --prune drops them`,
    );
    expect(checkout.lock.principals[GONE].absent).toBe(true);
    expect((await fromFile("--prune")).out).toContain(`dropped ${GONE}`);
    expect(Object.keys(checkout.lock.principals)).toEqual([CI]);
  });

  test("confirms anew a principal that came back to accounts.json", async () => {
    const back = { [CI]: { uniqueId: CI_ID, confirmedAt: THEN, absent: true } } as const;
    checkout = new Checkout(ACCOUNTS, { ...CONFIRMED, principals: back });
    expect((await checkout.run("status")).code).toBe(2);
    writeOutputs(CI_ID, { [CI]: CI_ID });
    expect((await fromFile()).code).toBe(0);
    expect(checkout.lock.principals[CI]).toEqual({ uniqueId: CI_ID, confirmedAt: THEN });
  });

  test("of stacks that say nothing of it leaves that error standing, with exit code 2", async () => {
    const back = { [CI]: { uniqueId: CI_ID, confirmedAt: THEN, absent: true } } as const;
    checkout = new Checkout(ACCOUNTS, { ...CONFIRMED, principals: back });
    checkout.write(
      "outputs.json",
      JSON.stringify({ a: { trusted_principals: {}, trusts: {}, role_arns: {} } }),
    );
    const { code, err } = await fromFile();
    expect(code).toBe(2);
    expect(err).toContain("a principal that was never gone");
  });

  test("says what it tightens again of what was reopened in single accounts", async () => {
    const reopenedIn = ["100000000001", "111122223333"];
    const reopened = { [CI]: { uniqueId: CI_ID, confirmedAt: THEN, reopenedIn } };
    checkout = new Checkout(ACCOUNTS, { ...CONFIRMED, principals: reopened });
    writeOutputs(CI_ID, { [CI]: CI_ID });
    const { code, out } = await fromFile();
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`^confirmed ${CI}\ntightens again what was reopened in 100000000001, a: ${CI}\n`),
    );
    expect((await fromFile()).out).not.toContain("tightens again");
  });

  test("leaves reopened what it does not record, and says nothing of it", async () => {
    const reopened = { uniqueId: CI_ID, confirmedAt: THEN, reopenedIn: ["111122223333"] };
    checkout = new Checkout(ACCOUNTS, { ...CONFIRMED, principals: { [CI]: reopened } });
    writeOutputs(OTHER_ID, { [CI]: CI_ID });
    expect((await fromFile()).out).not.toContain("tightens again");
    const accepted = await fromFile("--accept-recreated", "--json");
    expect(JSON.parse(accepted.out)).toMatchObject({
      tightenedAgain: [{ arn: CI, reopenedIn: ["111122223333"] }],
    });
  });

  test("with --json prints what it recorded and found", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    writeOutputs(OTHER_ID, { [CI]: CI_ID });
    const { code, out } = await fromFile("--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      confirmed: [],
      recreated: [{ arn: CI, was: CI_ID, now: OTHER_ID, trustedBy: ["a"] }],
      accepted: false,
      applied: [],
      keys: [],
      tightenedAgain: [],
      missing: [],
      absent: [],
      pruned: [],
    });
  });

  test.each([
    ["is not JSON", "{", /outputs\.json:1:\d+/],
    [
      "holds no stack",
      "{}",
      /expected outputs of at least one stack of this organization, found none/,
    ],
    ["holds other stacks", '{"x": {"y": 1}}', /found stacks x, do: write the file with npx cdktf/],
  ])("fails where the file %s", async (_, text, message) => {
    checkout = new Checkout(ACCOUNTS);
    checkout.write("outputs.json", text);
    const before = checkout.read("trust.lock.json");
    const { code, err } = await fromFile();
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(checkout.read("trust.lock.json")).toBe(before);
  });
});

describe("confirm by hand", () => {
  test("records a role of an account that is not ours", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, out } = await byHand(AUDITOR, OTHER_ID);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^confirmed ${AUDITOR}\nNext:\n.*\n  npx cdktf deploy a\n`));
    expect(checkout.lock.principals[AUDITOR].uniqueId).toBe(OTHER_ID);
  });

  test("of another unique ID than before is a finding, until it is accepted", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, out } = await byHand(CI, OTHER_ID);
    expect(code).toBe(1);
    expect(out).toContain(`recreated ${CI}: was ${CI_ID}, is ${OTHER_ID}\n  trusted by a, `);
    expect(checkout.lock).toEqual(CONFIRMED);
    expect((await byHand(CI, OTHER_ID, "--accept-recreated")).code).toBe(0);
    expect(checkout.lock.principals[CI].uniqueId).toBe(OTHER_ID);
  });

  test("clears what was reopened, and says so", async () => {
    const reopened = { uniqueId: CI_ID, confirmedAt: THEN, reopenedIn: ["111122223333"] };
    checkout = new Checkout(ACCOUNTS, { ...CONFIRMED, principals: { [CI]: reopened } });
    const { code, out } = await byHand(CI, CI_ID);
    expect(code).toBe(0);
    expect(out).toContain(`tightens again what was reopened in a: ${CI}\n`);
    expect(checkout.lock.principals[CI]).toEqual({ uniqueId: CI_ID, confirmedAt: THEN });
  });

  test.each([
    [
      "a principal that nothing trusts",
      GONE,
      CI_ID,
      /expected --principal to be a role or user that something trusts/,
    ],
    [
      "a user's ID for a role",
      CI,
      "AIDAEXAMPLEEXAMPLE01",
      /expected --unique-id to be the unique ID of a role, AROA/,
    ],
    ["a name for an ID", CI, "ci", /found ci; aws iam get-role or get-user shows it/],
  ])("fails for %s", async (_, principal, uniqueId, message) => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, err } = await byHand(principal, uniqueId);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(checkout.lock).toEqual(CONFIRMED);
  });

  test("fails with one half of it", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, err } = await checkout.run("confirm", "--principal", CI);
    expect(code).toBe(2);
    expect(err).toContain("expected --principal and --unique-id together, found one; give both");
  });
});

describe("confirm --init", () => {
  test("makes the empty lock of a new organization", async () => {
    checkout = new Checkout(ACCOUNTS, null);
    const { code, out } = await checkout.run("confirm", "--init");
    expect({ code, out }).toEqual({
      code: 0,
      out: "trust.lock.json: made, nothing is confirmed. Commit it.\n",
    });
    expect(checkout.lock).toEqual(EMPTY_LOCK);
    expect((await checkout.run("status")).code).toBe(0);
  });

  test("never overwrites one", async () => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, err } = await checkout.run("confirm", "--init");
    expect(code).toBe(2);
    expect(err).toContain("it would forget what is confirmed");
    expect(checkout.lock).toEqual(CONFIRMED);
  });
});

describe("confirm", () => {
  test("without a lock says how to make one, and makes none", async () => {
    checkout = new Checkout(ACCOUNTS, null);
    writeOutputs(CI_ID);
    const { code, err } = await fromFile();
    expect(code).toBe(2);
    expect(err).toContain("npx crosstrust confirm --init");
    expect(checkout.has("trust.lock.json")).toBe(false);
  });

  test("of files with errors tells all of them, and records nothing", async () => {
    checkout = new Checkout({
      ...ACCOUNTS,
      roles: { ...ACCOUNTS.roles, x: { accounts: ["none"], trusts: [{ account: "nobody" }] } },
    });
    writeOutputs(CI_ID);
    const { code, err } = await fromFile();
    expect(code).toBe(2);
    expect(err).toContain("roles.x.accounts[0]");
    expect(err).toContain("roles.x.trusts[0].account");
    expect(checkout.lock).toEqual(EMPTY_LOCK);
  });

  test("of a lock that a hand edit broke tells the line", async () => {
    checkout = new Checkout(ACCOUNTS);
    writeOutputs(CI_ID);
    checkout.write("trust.lock.json", '{\n  "version": 1,\n  "principals": {},,\n}');
    const { code, err } = await fromFile();
    expect(code).toBe(2);
    expect(err).toMatch(/^error: trust\.lock\.json:3:\d+/m);
  });

  test("while somebody else writes the lock exits 3 and loses nothing; then it works", async () => {
    checkout = new Checkout(ACCOUNTS);
    writeOutputs(CI_ID);
    const release = lockSync(checkout.path("trust.lock.json"));
    const busy = await fromFile();
    release();
    expect(busy.code).toBe(3);
    expect(busy.err).toContain("nothing was changed: run the command again");
    expect(checkout.lock).toEqual(EMPTY_LOCK);
    expect((await fromFile()).code).toBe(0);
  });

  test("where the lock cannot be written exits 3 and says why, without a stack trace", async () => {
    checkout = new Checkout(ACCOUNTS);
    writeOutputs(CI_ID);
    const full = jest.spyOn(writeFileAtomic, "sync").mockImplementation(() => {
      throw new Error("ENOSPC: no space left on device, write");
    });
    const { code, err } = await fromFile();
    full.mockRestore();
    expect(code).toBe(3);
    expect(err).toBe(
      "error: expected to write trust.lock.json, found that it cannot be written (ENOSPC: no space left on device, write); nothing was changed\n",
    );
    expect(checkout.lock).toEqual(EMPTY_LOCK);
  });

  test.each([
    ["--init", "--prune"],
    ["--init", "--outputs", "x"],
    ["--principal", CI, "--unique-id", CI_ID, "--outputs", "x"],
    ["--principal", CI, "--unique-id", CI_ID, "--prune"],
  ])("fails for options that do not go together: %s %s", async (...args) => {
    checkout = new Checkout(ACCOUNTS, CONFIRMED);
    const { code, err } = await checkout.run("confirm", ...args);
    expect(code).toBe(2);
    expect(err).toContain("cannot be used with option");
    expect(checkout.lock).toEqual(CONFIRMED);
  });
});
