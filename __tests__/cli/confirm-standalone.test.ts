import { EMPTY_LOCK, type Lock } from "../../src/trust/lock";
import { Checkout } from "./checkout";

const BAR = "arn:aws:iam::444455556666:role/bar";
const FOO_BAR = "arn:aws:iam::111122223333:role/foo_bar";
const BAR_ID = "AROAEXAMPLEEXAMPLE01";
const OTHER_ID = "AROAEXAMPLEEXAMPLE02";
const THEN = "2020-01-01T00:00:00Z";

const CONFIRMED: Lock = {
  ...EMPTY_LOCK,
  principals: { [BAR]: { uniqueId: BAR_ID, confirmedAt: THEN } },
  applied: { [FOO_BAR]: { [BAR]: BAR_ID } },
};

let checkout: Checkout;

afterEach(() => {
  checkout.remove();
  delete process.env.CROSSTRUST_ACCOUNTS;
});

function writeOutputs(barId: string): void {
  checkout.write(
    "outputs.json",
    JSON.stringify({
      "account-a": { trusted_principals: {}, trusts: { [FOO_BAR]: { [BAR]: "account" } } },
      "account-b": { trusted_principals: { [BAR]: barId }, trusts: {}, role_to_be_assumed: "x" },
      other: { url: "https://example.com" },
    }),
  );
}

const fromFile = (...args: readonly string[]) =>
  checkout.run("confirm", "--outputs", "outputs.json", ...args);

describe("in the folder of a program on the constructs alone, confirm", () => {
  test("makes the lock, and records what the outputs name", async () => {
    checkout = new Checkout(null, null);
    expect((await checkout.run("confirm", "--init")).code).toBe(0);
    writeOutputs(BAR_ID);
    const { code, out } = await fromFile();
    expect({ code, out }).toEqual({
      code: 0,
      out: `confirmed ${BAR}\nrecorded what is applied of 1 role\n`,
    });
    expect(checkout.lock).toMatchObject({
      principals: { [BAR]: { uniqueId: BAR_ID } },
      applied: { [FOO_BAR]: { [BAR]: "account" } },
    });
  });

  test("keeps the time of a confirmation that says the same, and clears the marks", async () => {
    checkout = new Checkout(null, {
      ...CONFIRMED,
      principals: {
        [BAR]: { uniqueId: BAR_ID, confirmedAt: THEN, reopenedIn: ["111122223333"] },
      },
    });
    writeOutputs(BAR_ID);
    expect((await fromFile()).out).toMatch(
      new RegExp(`^confirmed ${BAR}\ntightens again what was reopened in 111122223333: ${BAR}\n`),
    );
    expect(checkout.lock.principals).toEqual(CONFIRMED.principals);
    expect((await fromFile()).out).toBe("nothing new\n");
  });

  test("of a role that was made again records nothing of it until it is accepted", async () => {
    checkout = new Checkout(null, CONFIRMED);
    writeOutputs(OTHER_ID);
    const noticed = await fromFile();
    expect(noticed.code).toBe(1);
    expect(noticed.out).toContain(`recreated ${BAR}: was ${BAR_ID}, is ${OTHER_ID}\n`);
    expect(noticed.out).toContain(`  trusted by ${FOO_BAR}, to be deployed again\n`);
    expect(checkout.lock.principals).toEqual(CONFIRMED.principals);

    expect((await fromFile("--accept-recreated")).code).toBe(0);
    expect(checkout.lock.principals[BAR].uniqueId).toBe(OTHER_ID);
    expect(checkout.lock.principals[BAR].confirmedAt).not.toBe(THEN);
  });

  test("records a principal by hand", async () => {
    checkout = new Checkout(null, EMPTY_LOCK);
    const args = ["confirm", "--principal", BAR, "--unique-id", BAR_ID, "--json"];
    const { code, out } = await checkout.run(...args);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ confirmed: [BAR], recreated: [] });
    expect(checkout.lock.principals[BAR].uniqueId).toBe(BAR_ID);
  });

  test("fails for a principal that is no role or user", async () => {
    checkout = new Checkout(null, EMPTY_LOCK);
    const { code, err } = await checkout.run(
      ...["confirm", "--principal", "bar", "--unique-id", BAR_ID],
    );
    expect(code).toBe(2);
    expect(err).toContain("expected --principal to be the ARN of one role or IAM user, found bar");
  });

  test.each([[[]], [["--prune", "--outputs", "outputs.json"]]])(
    "fails where only an accounts file could tell which stacks there are: %j",
    async (args) => {
      checkout = new Checkout(null, CONFIRMED);
      writeOutputs(BAR_ID);
      const { code, err } = await checkout.run("confirm", ...args);
      expect(code).toBe(2);
      expect(err).toContain("expected --outputs FILE without --prune");
    },
  );
});

test("a wrong CROSSTRUST_ACCOUNTS is an error, not a program without an accounts file", async () => {
  checkout = new Checkout(null, CONFIRMED);
  writeOutputs(OTHER_ID);
  process.env.CROSSTRUST_ACCOUNTS = "acounts.json";
  const { code, err } = await fromFile("--accept-recreated");
  expect(code).toBe(2);
  expect(err).toContain("acounts.json");
  expect(checkout.lock).toEqual(CONFIRMED);
});

test("a folder without accounts file and lock is an error that names the file", async () => {
  checkout = new Checkout(null, null);
  const { code, err } = await fromFile();
  expect(code).toBe(2);
  expect(err).toContain("accounts.json");
});
