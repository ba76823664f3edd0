import { Checkout } from "./checkout";

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout();
});

afterEach(() => checkout.remove());

describe("wrong usage exits 2 with a hint, and prints no data", () => {
  test.each([
    [["statu"], "unknown command 'statu'\n(Did you mean status?)"],
    [["nonsense"], "unknown command 'nonsense'"],
    [["status", "--fail-on-opn"], "unknown option '--fail-on-opn'\n(Did you mean --fail-on-open?)"],
    [["status", "more"], "too many arguments for 'status'"],
    [["confirm", "--outputs"], "option '--outputs <file>' argument missing"],
    [["reopen", "--in"], "option '--in <account>' argument missing"],
  ])("%j", async (args, message) => {
    const { code, out, err } = await checkout.run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`error: ${message}`);
    expect(err).toContain("(crosstrust --help lists the commands)");
  });

  test("no command at all shows the help", async () => {
    const { code, out, err } = await checkout.run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: crosstrust");
  });
});

describe("help exits 0", () => {
  const commands = ["check", "status", "confirm", "reopen", "rehearse"];

  test("of the program names every command, the files and the exit codes", async () => {
    const { code, out } = await checkout.run("--help");
    expect(code).toBe(0);
    for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(out).toContain("CROSSTRUST_ACCOUNTS");
    expect(out).toContain(
      "Exit codes: 0 fine, 1 a finding, 2 bad input or usage, 3 could not run.",
    );
  });

  test.each(commands)("of %s names its options", async (command) => {
    const { code, out } = await checkout.run(command, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`Usage: crosstrust ${command} [options]`);
  });
});
