import { Checkout } from "./checkout";

let checkout: Checkout;

afterEach(() => {
  checkout.remove();
  delete process.env.CROSSTRUST_ACCOUNTS;
});

describe("check", () => {
  test("of files without errors counts what is in them, and exits 0", async () => {
    checkout = new Checkout();
    const { code, out, err } = await checkout.run("check");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^accounts\.json: 5 accounts \(1 external\), 7 roles, 7 trusts, 2 users, 1 group\n/,
    );
    expect(out).toMatch(/\nno errors, 0 warnings\n$/);
  });

  test("names who may change or pass the deployer role", async () => {
    checkout = new Checkout();
    const { out } = await checkout.run("check");
    expect(out).toContain(
      "  arn:aws:iam::100000000004:user/founder  (settings.bootstrap.firstDeployers)\n",
    );
  });

  test("says what trails of the accounts' own cannot hold, and is fine all the same", async () => {
    checkout = new Checkout({
      accounts: { logs: { id: "111122223333" } },
      logs: { account: "logs", cloudtrail: { bucket: "acme-cloudtrail" } },
    });
    const { code, out } = await checkout.run("check");
    const { out: json } = await checkout.run("check", "--json");
    expect(code).toBe(0);
    expect(out).toMatch(/\nAn account's administrator can stop its own trail: .*\nno errors/);
    expect(JSON.parse(json).notes).toHaveLength(1);
  });

  test("tells of roles that reach any account-wide trust, one line for a role in many accounts", async () => {
    const accounts = Object.fromEntries(
      ["a", "b", "c"].map((name, index) => [name, { id: `11112222333${index}` }]),
    );
    const role = {
      trusts: [{ service: "ec2.amazonaws.com" }],
      managedPolicies: ["PowerUserAccess"],
    };
    checkout = new Checkout({
      accounts,
      roles: { ops: { accounts: ["*"], ...role }, one: { accounts: ["a"], ...role } },
    });
    const { out } = await checkout.run("check");
    expect(out.split("\n").filter((line) => line.includes("may assume"))).toEqual([
      "a/ops, and the role of that name in 2 other accounts, may assume roles that trust their account, by PowerUserAccess",
      "a/one may assume roles that trust its account, by PowerUserAccess",
    ]);
  });

  test("tells every problem at once, with its place, and exits 2", async () => {
    checkout = new Checkout({
      accounts: { a: { id: "12" }, b: { id: "444455556666", rgion: "eu-west-1" } },
      roles: { app: { accounts: ["c"], trusts: [] } },
    });
    const { code, out, err } = await checkout.run("check");
    expect(code).toBe(2);
    const lines = err.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) {
      expect(line).toMatch(
        /^(error|warning): accounts\.json:\d+:\d+ .*expected .*, found .*, do: /,
      );
    }
    expect(out).toMatch(/\d errors, \d warnings\n$/);
  });

  test("tells of a warning, and exits 0", async () => {
    checkout = new Checkout({
      accounts: { a: { id: "111122223333" }, b: { id: "444455556666" } },
      roles: {
        app: { accounts: ["a"], except: ["b"], trusts: [{ service: "lambda.amazonaws.com" }] },
      },
    });
    const { code, out, err } = await checkout.run("check");
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: accounts\.json:/);
    expect(out).toMatch(/no errors, 1 warning\n$/);
  });

  test("with --json prints the problems as data", async () => {
    checkout = new Checkout({ accounts: { a: { id: "12" } } });
    const { code, out } = await checkout.run("check", "--json");
    expect(code).toBe(2);
    const { file, problems } = JSON.parse(out);
    expect(file).toBe("accounts.json");
    expect(problems).toContainEqual({
      severity: "error",
      location: { file: "accounts.json", line: 4, column: expect.any(Number) },
      path: "accounts.a.id",
      expected: expect.stringContaining("12 digits"),
      found: expect.any(String),
      remedy: expect.any(String),
    });
  });

  test("reads the file that CROSSTRUST_ACCOUNTS names, and the lock beside it", async () => {
    checkout = new Checkout(null, null);
    checkout.write("org/mine.json", JSON.stringify({ accounts: { a: { id: "111122223333" } } }));
    process.env.CROSSTRUST_ACCOUNTS = "org/mine.json";
    const { code, out } = await checkout.run("check");
    expect(code).toBe(0);
    expect(out).toContain("org/mine.json: 1 account, ");
  });
});
