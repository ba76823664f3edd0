import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOf } from "../constructs/stack-json";
import { readAccounts, synthesize } from "../stacks/organization";
import { Checkout } from "./checkout";
import { formatLock } from "../../src/trust/format-lock";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { FakeTerraform } from "./fake-terraform";
import { nextOf, SimulatedCdktf } from "./simulated-cdktf";
import { rehearsedLock } from "./rehearsed-lock";
import { FakeTerminal } from "./fake-terminal";

const CLIENT = "arn:aws:iam::100000000003:role";
const IMAGES = `${CLIENT}/crosstrust/BuildRole`;
const CI = "arn:aws:iam::100000000002:role/build/ci";

let checkout: Checkout;

/** The example at its end. */
beforeEach(async () => {
  checkout = new Checkout();
  const text = readFileSync(
    join(__dirname, "../../examples/staged-bootstrap/accounts.json"),
    "utf8",
  );
  checkout.write("accounts.json", text);
  checkout.write("trust.lock.json", await checkout.inside(() => rehearsedLock()));
});

afterEach(() => {
  checkout.remove();
});

const START = new Date("2026-11-23T10:00:00Z");

/** The simulated accounts, deployed to their end by what status says. */
async function deployed(): Promise<SimulatedCdktf> {
  checkout.write("trust.lock.json", formatLock(EMPTY_LOCK));
  new FakeTerraform(checkout.folder);
  const cdktf = new SimulatedCdktf(checkout);
  for (;;) {
    const { out } = await checkout.run("status");
    if (nextOf(out).length === 0) return cdktf;
    await follow(cdktf, out);
  }
}

/** Types what a command says comes next, the confirmation included. */
async function follow(cdktf: SimulatedCdktf, out: string): Promise<void> {
  for (const each of nextOf(out)) {
    if (each.command.startsWith("npx cdktf")) await cdktf.deploy(each);
    else expect(await checkout.run(...each.command.split(" ").slice(2))).toMatchObject({ code: 0 });
  }
}

function policies(stack: string): readonly unknown[] {
  const all = synthesize(readAccounts(checkout.path("accounts.json")));
  return Object.values(resourcesOf(all[stack], "aws_iam_role_policy"))
    .filter(({ name }) => name === "CrosstrustRevokeOlderSessions")
    .map(({ policy }) => JSON.parse(String(policy)).Statement);
}

describe("revoke", () => {
  test("takes the trust out and leaves the rest of the file as it is", async () => {
    const before = checkout.read("accounts.json");
    const { code, out } = await checkout.run("revoke", "images", "--yes");
    expect(code).toBe(0);
    expect(checkout.read("accounts.json")).toBe(
      before.replace('"trusts": [{ "account": "shared", "role": "ci" }]', '"trusts": []'),
    );
    expect(out).toContain("This takes out of accounts.json: trust in role shared/ci\n");
    expect(out).toContain("  shared/ci in client/BuildRole\n");
    expect(out).toMatch(/\n {2}npx cdktf deploy .*client\b/);
    expect(out).toMatch(/\nThen: npx crosstrust revoke images --seal\n$/);
    expect(checkout.lock.revoked).toEqual({
      [IMAGES]: { at: expect.stringMatching(/Z$/), principals: [CI], reaches: [] },
    });
  });

  test("--dry-run says the same and changes nothing", async () => {
    const before = [checkout.read("accounts.json"), checkout.read("trust.lock.json")];
    const { code, out } = await checkout.run("revoke", "images", "--dry-run");
    expect(code).toBe(0);
    expect(out).toContain("  shared/ci in client/BuildRole\n");
    expect(out).toMatch(/\nNothing was changed: --dry-run\.\n$/);
    expect([checkout.read("accounts.json"), checkout.read("trust.lock.json")]).toEqual(before);
  });

  test("asks, and a no changes nothing", async () => {
    const before = checkout.read("accounts.json");
    const terminal = new FakeTerminal(false);
    await checkout.runOn(terminal, "revoke", "images");
    expect(terminal.questions).toEqual(["Revoke?"]);
    expect(checkout.read("accounts.json")).toBe(before);
    const { code, err } = await checkout.run("revoke", "images");
    expect(code).toBe(2);
    expect(err).toContain("expected --yes, because nobody can be asked here");
  });

  test.each([
    ["roles that are none", ["imags"], "write images if that is meant"],
    [
      "principals whom the role does not trust",
      ["images", "--principal", "shared/cj"],
      "it trusts role shared/ci",
    ],
    ["no role", [], "expected a key of roles, found none"],
  ])("refuses %s", async (_, args, message) => {
    const { code, err } = await checkout.run("revoke", ...args, "--yes");
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("of one principal leaves the others, and says whose trust names others besides", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.images.trusts.push({ account: "root", group: "CrossAccount" });
    accounts.roles.other = {
      accounts: ["client"],
      trusts: [{ account: "*", role: "ci" }],
    };
    accounts.roles.ci.accounts = ["shared", "deploy"];
    checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
    const { code } = await checkout.run("revoke", "images", "--principal", "shared/ci", "--yes");
    expect(code).toBe(0);
    expect(JSON.parse(checkout.read("accounts.json")).roles.images.trusts).toEqual([
      { account: "root", group: "CrossAccount" },
    ]);
    const refused = await checkout.run("revoke", "other", "--principal", "shared/ci", "--yes");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      "found that roles.other.trusts[0] names role deploy/ci too; narrow its account selector by hand",
    );
  });

  test("to the end by the commands that it names: deploy, confirm, seal, deploy, and drop", async () => {
    jest.useFakeTimers({ now: START, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    try {
      const cdktf = await deployed();
      const revoked = await checkout.run("revoke", "images", "--yes");
      const early = await checkout.run("revoke", "images", "--seal", "--yes");
      expect(early.code).toBe(2);
      expect(early.err).toContain("found that client has it still");
      await follow(cdktf, revoked.out);
      const sealed = await checkout.run("revoke", "images", "--seal", "--yes");
      expect(sealed).toMatchObject({ code: 0, err: "" });
      expect(sealed.out).toContain("sealed 1 role; AWS follows with the next deploy");
      expect(policies("client")).toEqual([
        [
          {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-11-23T10:00:00Z" } },
          },
        ],
      ]);
      await follow(cdktf, sealed.out);
      expect(policies("client")).toHaveLength(1);
      const status = await checkout.run("status");
      expect(status.out).toMatch(
        /revoked \S+: shared\/ci in client\/BuildRole; older sessions are denied until /,
      );
      expect((await checkout.run("revoke", "--drop")).out).toContain("No seal may go yet.");
      jest.setSystemTime(START.getTime() + 3_600_000);
      const dropped = await checkout.run("revoke", "--drop");
      expect(dropped.out).toContain("dropped 1 seal\n");
      expect(policies("client")).toEqual([]);
      expect(checkout.lock.sealed).toBeUndefined();
      expect(checkout.lock.revoked).toBeUndefined();
      await follow(cdktf, dropped.out);
      const role = cdktf.world.terraform.aws.account("100000000003").roles.get("BuildRole");
      expect([...role.inlinePolicies.keys()]).not.toContain("CrosstrustRevokeOlderSessions");
    } finally {
      jest.useRealTimers();
      FakeTerraform.remove();
    }
  });

  test("--json has what ends, what is left and what comes next", async () => {
    const { code, out } = await checkout.run("revoke", "images", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      changed: true,
      file: "accounts.json",
      trusts: [{ position: 0, names: "role shared/ci" }],
      roles: [{ roleArn: IMAGES, reaches: [] }],
      ended: [{ roleArn: IMAGES, principal: CI }],
      left: [],
      next: expect.arrayContaining([
        expect.objectContaining({ command: expect.stringContaining("client") }),
      ]),
    });
  });
});

test("says what else is sealed: roles that can be assumed from there", async () => {
  const accounts = JSON.parse(checkout.read("accounts.json"));
  accounts.roles.next = { accounts: ["shared"], trusts: [{ account: "client", role: "images" }] };
  checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
  const { out } = await checkout.run("revoke", "images", "--dry-run");
  expect(out).toContain(
    "Sessions that run by then go on until --seal denies them, also those in roles that can be assumed from there: shared/next.",
  );
});
