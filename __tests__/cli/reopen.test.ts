import type { Lock } from "../../src/trust/lock";
import { Checkout } from "./checkout";
import { FakeTerminal } from "./fake-terminal";
import { nextOf } from "./simulated-cdktf";

const HUB = "100000000004";
const DEPLOYER = `arn:aws:iam::${HUB}:role/crosstrust-deployer`;
const CI = "arn:aws:iam::100000000002:role/build/ci";
const BOB = "arn:aws:iam::100000000001:user/bob";
const BUILD = "arn:aws:iam::100000000003:role/crosstrust/BuildRole";
const BILLING = "arn:aws:iam::100000000003:role/Billing";
const NOW = "2026-11-23T10:00:00Z";
const DEPLOYER_ID = "AROAEXAMPLEEXAMPLE01";
const CI_ID = "AROAEXAMPLEEXAMPLE02";
const BOB_ID = "AIDAEXAMPLEEXAMPLE03";
const execution = (id: string) => `arn:aws:iam::${id}:role/crosstrust-execution`;

/** The sample at its end. */
const DONE: Lock = {
  principals: {
    [BOB]: { uniqueId: BOB_ID, confirmedAt: NOW },
    [CI]: { uniqueId: CI_ID, confirmedAt: NOW },
    [DEPLOYER]: { uniqueId: DEPLOYER_ID, confirmedAt: NOW },
  },
  applied: {
    [BUILD]: { [CI]: CI_ID },
    [BILLING]: { [BOB]: BOB_ID },
    ...Object.fromEntries(
      ["100000000002", "100000000003", HUB].map((id) => [
        execution(id),
        { [DEPLOYER]: DEPLOYER_ID },
      ]),
    ),
  },
  stacks: {
    root: "100000000001",
    shared: "100000000002",
    client: "100000000003",
    deploy: HUB,
    "shared-bootstrap": "100000000002",
    "client-bootstrap": "100000000003",
    "deploy-bootstrap": HUB,
  },
};

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(undefined, DONE);
});

afterEach(() => checkout.remove());

test("the lock of these tests is one at which nothing is left to do", async () => {
  expect((await checkout.run("status", "--fail-on-open")).code).toBe(0);
});

describe("reopen --yes", () => {
  test("takes a principal's confirmation away, after saying what that widens", async () => {
    const { code, out, terminal } = await checkout.run("reopen", "--principal", CI, "--yes");
    expect(code).toBe(0);
    expect(terminal.questions).toEqual([]);
    expect(out).toContain(`This takes 1 trust back to stage account:\n  ${BUILD} lets in ${CI}\n`);
    expect(out).toContain(`reopened ${CI}; AWS follows with the next deploy\n`);
    expect(out).toContain("Do not confirm before that deploy: it would tighten again");
    expect(nextOf(out)[0].command).toMatch(/^npx cdktf deploy .*client/);
    expect(Object.keys(checkout.lock.principals)).toEqual([BOB, DEPLOYER]);
    expect(checkout.lock.applied).toEqual(DONE.applied);
  });

  test("in one account leaves the others, and names steps 1 to 3 for the hub alone", async () => {
    const { code, out } = await checkout.run("reopen", "--in", "deploy", "--yes");
    expect(code).toBe(0);
    expect(out).toContain(
      `  ${execution(HUB)} lets in ${DEPLOYER}, arn:aws:iam::${HUB}:role/OrganizationAccountAccessRole, arn:aws:iam::${HUB}:user/founder\n`,
    );
    expect(checkout.lock.principals[DEPLOYER]).toEqual({
      uniqueId: DEPLOYER_ID,
      confirmedAt: NOW,
      reopenedIn: [HUB],
    });
    expect(nextOf(out).map(({ command }) => command)).toEqual([
      "npx cdktf deploy deploy-bootstrap",
      "npx cdktf deploy deploy",
      "npx crosstrust confirm",
    ]);
  });

  test("of a principal in an account reopens that alone", async () => {
    const { out } = await checkout.run("reopen", "--principal", BOB, "--in", "client", "--yes");
    expect(out).toContain("This takes 1 trust back");
    expect(checkout.lock.principals[BOB].reopenedIn).toEqual(["100000000003"]);
    expect(checkout.lock.principals[CI]).toEqual(DONE.principals[CI]);
  });

  test("of everything that one account trusts reopens each", async () => {
    const { out } = await checkout.run("reopen", "--in", "client", "--yes");
    expect(out).toContain("This takes 3 trusts back");
    expect(checkout.lock.principals).toMatchObject({
      [BOB]: { reopenedIn: ["100000000003"] },
      [CI]: { reopenedIn: ["100000000003"] },
      [DEPLOYER]: { reopenedIn: ["100000000003"] },
    });
  });

  test("of a principal and an account that trusts it no longer so changes nothing", async () => {
    const { out } = await checkout.run("reopen", "--principal", CI, "--in", "root", "--yes");
    expect(out).toBe("Nothing to reopen: no such trust is tightened, and none is to be.\n");
    expect(checkout.lock).toEqual(DONE);
  });

  test("where nothing is tightened changes nothing", async () => {
    const { code, out } = await checkout.run("reopen", "--in", "root", "--yes");
    expect({ code, out }).toEqual({
      code: 0,
      out: "Nothing to reopen: no such trust is tightened, and none is to be.\n",
    });
    expect(checkout.lock).toEqual(DONE);
  });
});

describe("reopen of a principal that is gone, after confirm has found it missing,", () => {
  /** The outputs of ci's stack, which no longer name it. */
  async function confirmWithoutCi() {
    checkout.write(
      "outputs.json",
      JSON.stringify({ shared: { trusted_principals: {}, trusts: {} } }),
    );
    return checkout.run("confirm", "--outputs", "outputs.json");
  }

  async function expectForgotten() {
    const found = await confirmWithoutCi();
    expect(found.code).toBe(1);
    expect(found.out).toContain(`run npx crosstrust reopen --principal ${CI}`);
    const { code, out, terminal } = await checkout.run("reopen", "--principal", CI);
    expect(code).toBe(0);
    expect(terminal.questions).toEqual([]);
    expect(out).toContain(`forgot the confirmation of ${CI}; no trust widens by that\n`);
    expect(checkout.lock.principals).not.toHaveProperty([CI]);
    expect((await confirmWithoutCi()).code).toBe(0);
    const again = await checkout.run("reopen", "--principal", CI);
    expect(again.out).toMatch(/^Nothing to reopen/);
  }

  test("forgets it where its trusts stay at the account, without asking", async () => {
    const sample = checkout.read("accounts.json");
    const kept = sample.replace(/("role": "ci")/, '$1, "tighten": "principal-arn"');
    expect(kept).not.toBe(sample);
    checkout.write("accounts.json", kept);
    await expectForgotten();
  });

  test("forgets it where each account that trusts it was reopened", async () => {
    await checkout.run("reopen", "--principal", CI, "--in", "client", "--yes");
    await expectForgotten();
  });
});

describe("reopen", () => {
  test("asks, and goes on with a yes", async () => {
    const { code, terminal } = await checkout.runOn(
      new FakeTerminal(true),
      ...["reopen", "--principal", CI],
    );
    expect(code).toBe(0);
    expect(terminal.questions).toEqual(["Reopen?"]);
    expect(checkout.lock.principals[CI]).toBeUndefined();
  });

  test("leaves everything as it is with a no", async () => {
    const { code, out } = await checkout.runOn(
      new FakeTerminal(false),
      ...["reopen", "--principal", CI],
    );
    expect(code).toBe(0);
    expect(out).toMatch(/Left as it is\.\n$/);
    expect(checkout.lock).toEqual(DONE);
  });

  test("says who gets in where no guard narrows the account", async () => {
    checkout.write(
      "accounts.json",
      JSON.stringify({
        accounts: { client: { id: "100000000003" }, shared: { id: "100000000002" } },
        roles: {
          images: {
            name: "BuildRole",
            path: "/crosstrust/",
            accounts: ["client"],
            trusts: [{ account: "shared", role: "ci", guard: false }],
          },
          ci: {
            accounts: ["shared"],
            path: "/build/",
            trusts: [{ service: "ecs-tasks.amazonaws.com" }],
          },
        },
      }),
    );
    const { out } = await checkout.run("reopen", "--principal", CI, "--yes");
    expect(out).toContain(`${BUILD} lets in everyone in shared whom its policies allow`);
  });

  test.each([
    [["--yes"], /expected --principal ARN, --in ACCOUNT or both, found neither/],
    [
      ["--in", "nowhere", "--yes"],
      /expected --in to name an account, found nowhere; the accounts are root, shared/,
    ],
    [
      ["--principal", "arn:aws:iam::100000000002:role/cj", "--yes"],
      /expected --principal to be a role or user that something trusts/,
    ],
    [["--principal", CI], /expected --yes, because nobody can be asked here/],
  ])("fails for %j, and changes nothing", async (args, message) => {
    const { code, err } = await checkout.run("reopen", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(checkout.lock).toEqual(DONE);
  });

  test("without a lock says that it is missing, and makes none", async () => {
    checkout.remove();
    checkout = new Checkout(undefined, null);
    const { code, err } = await checkout.run("reopen", "--principal", CI, "--yes");
    expect(code).toBe(2);
    expect(err).toContain("expected trust.lock.json beside this file");
    expect(checkout.has("trust.lock.json")).toBe(false);
  });
});
