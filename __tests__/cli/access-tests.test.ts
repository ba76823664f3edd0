import { Checkout } from "./checkout";

const FILE = {
  accounts: { a: { id: "111122223333", management: true }, b: { id: "444455556666" } },
  identities: { a: { users: { alice: {} } } },
  roles: {
    ci: { accounts: ["a"], trusts: [{ service: "ec2.amazonaws.com" }] },
    build: { accounts: ["b"], trusts: [{ account: "a", role: "ci" }] },
    admin: { accounts: ["a", "b"], trusts: [{ account: "a", user: "alice" }] },
    wide: { accounts: ["b"], trusts: [{ account: "a" }] },
  },
};

const PASSES = { name: "CI builds", principal: "ci", role: "build", expect: "allowed" };
const LACKS = { name: "Alice administers", principal: "alice", role: "b/admin", expect: "allowed" };
const OPEN = { name: "CI does not build", principal: "ci", role: "build", expect: "denied" };
const FAR = {
  name: "EC2 builds",
  principal: "ec2.amazonaws.com",
  role: "build",
  expect: "allowed",
};
const UNKNOWN = { name: "Others", principal: "account a", role: "wide", expect: "denied" };

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(FILE);
});

afterEach(() => checkout.remove());

/** Runs the tests with these options; the lines of a failure without its place. */
async function runTests(tests: unknown, ...options: readonly string[]) {
  checkout.write("access-tests.json", JSON.stringify(tests, undefined, 2));
  return checkout.run("test", ...options);
}

test("exits 0 where everything is as expected", async () => {
  const { code, out } = await runTests({ $schema: "./access-tests.schema.json", tests: [PASSES] });
  expect({ code, out }).toEqual({
    code: 0,
    out: "ok    CI builds\n\n1 access test: 1 passed, 0 failed\n",
  });
});

test("a failing test says where it stands, what was missing, and which statements let in with it", async () => {
  const { code, out } = await runTests([PASSES, LACKS]);
  expect(code).toBe(1);
  expect(out.split("\n").map((line) => line.replace(/_[0-9A-F]{8}/g, ""))).toEqual([
    "ok    CI builds",
    "FAIL  Alice administers",
    "      access-tests.json:8:3",
    "      expected allowed, it is denied: a/user alice assumes b/admin",
    "        the trust policy allows sts:AssumeRole to a/user alice but its condition Bool aws:MultiFactorAuthPresent is not met: expected true, the request carries none",
    '        a request gets in with MFA, which "with" can say, by',
    "          trust policy of b/admin, statement 0: stack b, aws_iam_role.role-admin_role",
    "          CrossAccountAssumeRole of a/user alice, statement 0: stack a, aws_iam_user_policy.may-assume-user-alice_policy",
    "",
    "2 access tests: 1 passed, 1 failed",
    "",
  ]);
});

test("one that should be denied names the statements that let in", async () => {
  const { code, out } = await runTests([OPEN]);
  expect(code).toBe(1);
  expect(out).toMatch(
    /expected denied, it is allowed: a\/ci assumes b\/build\n {8}trust policy of b\/build, statement 0: stack b, aws_iam_role\.\S+\n {8}CrossAccountAssumeRole of a\/ci, statement 0: stack a, /,
  );
});

test("one whose principal gets there by other roles alone says by which", async () => {
  const { out } = await runTests([FAR]);
  expect(out).toContain("it gets there as a/ci alone: a test is about one request");
});

test("one that cannot be told fails, and says why", async () => {
  const { code, out } = await runTests([UNKNOWN]);
  expect(code).toBe(1);
  expect(out).toContain(
    "expected denied, it is unknown: account a assumes b/wide\n        it cannot be told: ",
  );
});

test("of many requests of one test three are explained", async () => {
  const accounts = Object.fromEntries(
    ["b", "c", "d", "e", "f"].map((name, index) => [name, { id: `44445555666${index}` }]),
  );
  const many = new Checkout({
    accounts: { a: FILE.accounts.a, ...accounts },
    identities: FILE.identities,
    roles: { admin: { accounts: ["*"], trusts: [{ account: "a", user: "alice" }] } },
  });
  try {
    many.write("access-tests.json", JSON.stringify([{ ...LACKS, role: "admin" }]));
    const { out } = await many.run("test");
    expect(out.match(/^ {6}expected allowed/gm)).toHaveLength(3);
    expect(out).toContain("and 2 more requests of 5");
  } finally {
    many.remove();
  }
});

test("--json has each request with its statements", async () => {
  const { code, out } = await runTests([PASSES, LACKS], "--json");
  expect(code).toBe(1);
  const { file, tests } = JSON.parse(out);
  expect(file).toBe("access-tests.json");
  expect(tests).toMatchObject([
    { name: "CI builds", passed: true, explanation: [], requests: [{ result: "allowed" }] },
    { name: "Alice administers", passed: false, line: 8, requests: [{ result: "denied" }] },
  ]);
  expect(tests[0].requests[0].statements).toMatchObject([
    { policy: "trust policy", stack: "b" },
    { policy: "CrossAccountAssumeRole", stack: "a" },
  ]);
});

test("--junit writes a report with the failures, and the same one each time", async () => {
  await runTests([PASSES, LACKS], "--junit", "reports/access.xml");
  const report = checkout.read("reports/access.xml");
  expect(report).toContain('<testsuite name="access tests" tests="2" failures="1"');
  expect(report).toMatch(
    /<testcase classname="access tests" name="Alice administers" file="access-tests.json">\s*<failure message="expected allowed, it is denied: a\/user alice assumes b\/admin"><!\[CDATA\[access-tests\.json:8\n/,
  );
  await runTests([PASSES, LACKS], "--junit", "reports/access.xml");
  expect(checkout.read("reports/access.xml")).toBe(report);
});

test("--junit that cannot be written is refused", async () => {
  checkout.write("taken", "");
  const { code, err } = await runTests([PASSES], "--junit", "taken/access.xml");
  expect(code).toBe(2);
  expect(err).toContain("expected a file that can be written for --junit");
});

test("--file names another file, YAML too", async () => {
  checkout.write("tests/more.yaml", "- { name: x, principal: ci, role: build, expect: allowed }\n");
  const { code } = await checkout.run("test", "--file", "tests/more.yaml");
  expect(code).toBe(0);
});

test("access-tests.yaml beside the accounts file is found", async () => {
  checkout.write(
    "access-tests.yaml",
    "- { name: x, principal: ci, role: build, expect: allowed }\n",
  );
  const { code } = await checkout.run("test");
  expect(code).toBe(0);
});

test("without a file, and with a wrong one, it exits 2 and writes no report", async () => {
  const { code, err } = await checkout.run("test");
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining(
      "access-tests.json:1:1: expected a file, found nothing at access-tests.json",
    ),
  });
  const wrong = await runTests([{ ...PASSES, role: "biuld" }], "--junit", "report.xml");
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain(
    '[0].role: expected a role of the estate, found "biuld", do: write "build" if that is meant',
  );
  expect(checkout.has("report.xml")).toBe(false);
});

test("where a control policy decides, its attachment is named as the place", async () => {
  checkout.remove();
  const b = { ...FILE.accounts.b, onlyPath: true };
  const vendor = { id: "900000000001", external: true };
  checkout = new Checkout({ ...FILE, accounts: { ...FILE.accounts, b, vendor } });
  const stranger = { name: "Strangers", principal: "vendor", role: "b/build", expect: "allowed" };
  const { code, out } = await runTests([stranger]);
  expect(code).toBe(1);
  expect(out.replace(/_[0-9A-F]{8}/g, "")).toMatch(
    /resource control policy crosstrust-outside-b of account b, statement 0 \(OnlyDeclaredPrincipals\): stack a, aws_organizations_policy_attachment\.\S+$/m,
  );
});
