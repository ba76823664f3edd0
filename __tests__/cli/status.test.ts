import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { Checkout } from "./checkout";
import { FakeTerminal } from "./fake-terminal";

const HUB = "100000000004";
const DEPLOYER = `arn:aws:iam::${HUB}:role/crosstrust-deployer`;
const DEPLOYER_ID = "AROAEXAMPLEEXAMPLE01";
const NOW = "2026-11-23T10:00:00Z";

/** After step 2: the deployer is confirmed, and nothing is tightened yet. */
const CONFIRMED: Lock = {
  principals: { [DEPLOYER]: { uniqueId: DEPLOYER_ID, confirmedAt: NOW } },
  applied: Object.fromEntries(
    ["100000000002", "100000000003", HUB].map((id) => [
      `arn:aws:iam::${id}:role/crosstrust-execution`,
      { [DEPLOYER]: "account" },
    ]),
  ),
  stacks: {
    "shared-bootstrap": "100000000002",
    "client-bootstrap": "100000000003",
    "deploy-bootstrap": HUB,
    deploy: HUB,
  },
};

/** The lines with their columns parted by a bar, however wide these are. */
function linesOf(out: string): readonly string[] {
  return out
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().replace(/ {2,}/g, " | "));
}

let checkout: Checkout;

afterEach(() => checkout.remove());

test("fits into the terminal of a person, and is a line for each trust elsewhere", async () => {
  checkout = new Checkout();
  const table = ({ out }: { readonly out: string }) =>
    out.slice(0, out.indexOf("\n\n")).split("\n");
  const shown = await checkout.runOn(new FakeTerminal(undefined, false, 80), "status");
  expect(Math.max(...table(shown).map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(table(await checkout.run("status"))).toHaveLength(1 + 10);
});

test("shows each trust with its stage and state, and who deploys next", async () => {
  checkout = new Checkout();
  const { code, out, err } = await checkout.run("status");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(linesOf(out)).toEqual([
    "trusting | trusts | stage | state | lets in",
    "shared/crosstrust-execution | deploy/crosstrust-deployer | account | waiting | the role of that name, OrganizationAccountAccessRole, founder",
    "client/crosstrust-execution | deploy/crosstrust-deployer | account | waiting | the role of that name, OrganizationAccountAccessRole, founder",
    "deploy/crosstrust-execution | deploy/crosstrust-deployer | account | waiting | the role of that name, OrganizationAccountAccessRole, founder",
    "deploy/crosstrust-deployer | token.actions.githubusercontent.com | - | by design | repo:acme/infra:ref:refs/heads/main",
    "shared/ci | ecs-tasks.amazonaws.com | - | by design | the service",
    "client/BuildRole | shared/ci | account | waiting | the role of that name",
    "client/MainAccountAdminRole | root/group CrossAccount | - | by design | users of root whom its policies allow, with MFA",
    "client/Billing | root/user bob | account | waiting | the user of that name, with MFA",
    "shared/VendorReadOnly | vendor | - | by design | all of account vendor, with the external ID",
    "client/VendorReadOnly | vendor | - | by design | all of account vendor, with the external ID",
    "",
    "10 trusts: 5 waiting, 0 due, 0 done, 5 by design",
    "Next:",
    "# as an administrator of the management account",
    "npx cdktf deploy '*-bootstrap'",
    "# as an administrator of deploy (OrganizationAccountAccessRole)",
    "npx cdktf deploy deploy",
    "# records what exists now",
    "npx crosstrust confirm",
  ]);
});

test("after a confirmation the trusts are due until their stacks are deployed again", async () => {
  checkout = new Checkout(undefined, CONFIRMED);
  const { out } = await checkout.run("status");
  expect(linesOf(out).slice(1, 4)).toEqual([
    "shared/crosstrust-execution | deploy/crosstrust-deployer | role | due | only this role",
    "client/crosstrust-execution | deploy/crosstrust-deployer | role | due | only this role",
    "deploy/crosstrust-execution | deploy/crosstrust-deployer | role | due | only this role",
  ]);
  expect(linesOf(out).slice(12)).toEqual([
    "10 trusts: 2 waiting, 3 due, 0 done, 5 by design",
    "Next:",
    "# as an administrator of the management account",
    "npx cdktf deploy '*-bootstrap'",
    `# as the deployer (${DEPLOYER})`,
    "npx cdktf deploy shared client",
    "# as an administrator of the management account",
    "npx cdktf deploy root",
    "# records what exists now",
    "npx crosstrust confirm",
  ]);
});

test("--fail-on-open exits 1 while something waits or is due, and shows the same", async () => {
  checkout = new Checkout();
  const failing = await checkout.run("status", "--fail-on-open");
  expect(failing.code).toBe(1);
  expect(failing.out).toBe((await checkout.run("status")).out);
});

test("--fail-on-open exits 0 where everything stays at its account by design", async () => {
  checkout = new Checkout({
    accounts: { a: { id: "111122223333" } },
    roles: { app: { accounts: ["a"], trusts: [{ service: "lambda.amazonaws.com" }] } },
  });
  expect((await checkout.run("status", "--fail-on-open")).code).toBe(0);
});

test("--json has the trusts, the next commands and the warnings", async () => {
  checkout = new Checkout(undefined, CONFIRMED);
  const { out } = await checkout.run("status", "--json");
  const { trusts, next, recheck, warnings } = JSON.parse(out);
  expect(trusts).toHaveLength(10);
  expect(trusts[0]).toEqual({
    trusting: "shared/crosstrust-execution",
    trustingArn: "arn:aws:iam::100000000002:role/crosstrust-execution",
    stack: "shared-bootstrap",
    trusts: "deploy/crosstrust-deployer",
    principalArn: DEPLOYER,
    stage: "role",
    state: "due",
    letsIn: "only this role",
  });
  expect(next[0]).toEqual({
    command: "npx cdktf deploy '*-bootstrap'",
    as: "as an administrator of the management account",
  });
  expect(recheck[0].command).toContain("--refresh-only");
  expect(warnings).toEqual([]);
});

describe("a large organization", () => {
  const names = Array.from({ length: 60 }, (_, number) => `a${number}`);
  const accounts = Object.fromEntries(
    names.map((name, number) => [name, { id: String(100_000_000_001 + number) }]),
  );
  const roles = {
    app: { accounts: ["a0"], trusts: [{ service: "lambda.amazonaws.com" }] },
    reader: { accounts: ["*"], except: ["a0"], trusts: [{ account: "a0", role: "app" }] },
  };
  const app = "arn:aws:iam::100000000001:role/app";

  test("shows so many of the open trusts, and the counts of all", async () => {
    checkout = new Checkout({ accounts, roles });
    const lines = (await checkout.run("status")).out.split("\n");
    expect(lines.filter((line) => line.includes("waiting"))).toHaveLength(41);
    expect(lines).toContain("and 19 more that are open; --json lists them all");
    expect(lines).toContain("60 trusts: 59 waiting, 0 due, 0 done, 1 by design");
  });

  test("shows only the open ones", async () => {
    const readers = names
      .slice(1, -1)
      .map((_, number) => [
        `arn:aws:iam::${100_000_000_002 + number}:role/reader`,
        { [app]: DEPLOYER_ID },
      ]);
    checkout = new Checkout(
      { accounts, roles },
      {
        ...EMPTY_LOCK,
        principals: { [app]: { uniqueId: DEPLOYER_ID, confirmedAt: NOW } },
        applied: Object.fromEntries(readers),
        stacks: Object.fromEntries(
          names.map((name, number) => [name, String(100_000_000_001 + number)]),
        ),
      },
    );
    const { out } = await checkout.run("status");
    const [table] = out.split("\n\n");
    expect(table.split("\n").map((line) => line.split(/ {2,}/)[0])).toEqual([
      "trusting",
      "a59/reader",
    ]);
    expect(out).toContain("60 trusts: 0 waiting, 1 due, 58 done, 1 by design");
  });
});

describe("the next command", () => {
  test("is the last thing said, after every warning", async () => {
    checkout = new Checkout(undefined, {
      ...CONFIRMED,
      stacks: { ...CONFIRMED.stacks, formerly: "100000000002" },
    });
    const { out, err } = await checkout.run("status");
    expect(err).toContain("warning: accounts.json:");
    expect(out.trimEnd().split("\n").at(-1)).toBe("  npx crosstrust confirm");
  });
});

test("states are coloured where the terminal has colours, and nowhere else", async () => {
  checkout = new Checkout();
  const colored = await checkout.runOn(new FakeTerminal(undefined, true), "status");
  expect(colored.out).toContain("\u001b[33mwaiting\u001b[39m");
  expect((await checkout.run("status")).out).not.toContain("\u001b");
});

test("files with errors are told, with exit code 2", async () => {
  checkout = new Checkout({ accounts: { a: { id: "12" } } });
  const { code, out, err } = await checkout.run("status");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^error: accounts\.json:4:\d+ accounts\.a\.id: expected 12 digits/);
});

test("a missing lock is an error that says how to make one", async () => {
  checkout = new Checkout(undefined, null);
  const { code, err } = await checkout.run("status");
  expect(code).toBe(2);
  expect(err).toContain("for a new organization run npx crosstrust confirm --init");
});
