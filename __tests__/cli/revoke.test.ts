import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Checkout } from "./checkout";
import { rehearsedLock } from "./rehearsed-lock";
import { FakeTerminal } from "./fake-terminal";

const CLIENT = "arn:aws:iam::100000000003:role";
const IMAGES = `${CLIENT}/crosstrust/BuildRole`;
const CI = "arn:aws:iam::100000000002:role/build/ci";

const ONLY_PATH = join(__dirname, "../../examples/only-path");

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

describe("revoke", () => {
  test("takes the trust out and leaves the rest of the file as it is", async () => {
    const before = checkout.read("accounts.json");
    const { code, out } = await checkout.run("revoke", "images", "--yes");
    expect(code).toBe(0);
    expect(checkout.read("accounts.json")).toBe(
      before.replace('"trusts": [{ "account": "shared", "role": "ci" }]', '"trusts": []'),
    );
    expect(out).toContain("This takes out of accounts.json: trust in shared/ci\n");
    expect(out).toContain("  shared/ci in client/BuildRole\n");
    expect(out).toMatch(/\n {2}npx cdktf deploy .*client\b/);
    expect(out).toMatch(/\nThen: npx crosstrust revoke images --seal\n$/);
    expect(checkout.lock.revoked).toEqual({
      [IMAGES]: {
        at: expect.stringMatching(/Z$/),
        principals: [CI],
        reaches: [],
        sealsLeft: 1,
        unconfirmed: true,
      },
    });
  });

  test("sessions are not sealed while nobody has confirmed what AWS has of the role", async () => {
    checkout.write("trust.lock.json", JSON.stringify({ version: 1, principals: {}, applied: {} }));
    await checkout.run("revoke", "images", "--yes");
    const { code, err } = await checkout.run("revoke", "images", "--seal", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("found that client has it still, as far as the last confirm tells");
    expect(checkout.lock.sealed).toBeUndefined();
    const { out } = await checkout.run("status");
    expect(out).toMatch(/in client\/BuildRole; not deployed: new sessions still begin\n/);
    expect(out).not.toContain("--seal");
  });

  test("a role that trusts nobody any more is told as that, whatever else is asked", async () => {
    await checkout.run("revoke", "images", "--yes");
    for (const more of [[], ["--principal", "shared/ci"]]) {
      const { code, err } = await checkout.run("revoke", "images", "--yes", ...more);
      expect(code).toBe(2);
      expect(err).toContain("found that images trusts nobody: nothing is left to revoke");
    }
  });

  test("--dry-run says the same and changes nothing", async () => {
    const before = [checkout.read("accounts.json"), checkout.read("trust.lock.json")];
    const { code, out } = await checkout.run("revoke", "images", "--dry-run");
    expect(code).toBe(0);
    expect(out).toContain("  shared/ci in client/BuildRole\n");
    expect(out).toMatch(
      /\n {2}npx cdktf deploy shared client\n[^]*\nNothing was changed: --dry-run\.\n$/,
    );
    expect([checkout.read("accounts.json"), checkout.read("trust.lock.json")]).toEqual(before);
  });

  test("--dry-run names the stack of the control policies that change with the trust", async () => {
    checkout.write("accounts.json", readFileSync(join(ONLY_PATH, "accounts.json"), "utf8"));
    checkout.write("trust.lock.json", await checkout.inside(() => rehearsedLock()));
    const dry = await checkout.run("revoke", "Release", "--dry-run");
    const { out } = await checkout.run("revoke", "Release", "--yes");
    const deploys = (text: string): unknown => text.match(/npx cdktf deploy .*/g);
    expect(deploys(dry.out)).toContain("npx cdktf deploy root");
    expect(deploys(dry.out)).toEqual(deploys(out));
  });

  test("a file that cannot be written is no finding, and nothing is changed", async () => {
    // No room for the end of the name beside which it is written first.
    const name = `${"a".repeat(245)}.json`;
    checkout.write(name, checkout.read("accounts.json"));
    const before = [checkout.read(name), checkout.read("trust.lock.json")];
    process.env.CROSSTRUST_ACCOUNTS = checkout.path(name);
    try {
      const { code, err } = await checkout.run("revoke", "images", "--yes");
      expect(code).toBe(3);
      expect(err).toMatch(/^error: expected to write .*ENAMETOOLONG.*; nothing was changed\n$/);
    } finally {
      delete process.env.CROSSTRUST_ACCOUNTS;
    }
    expect([checkout.read(name), checkout.read("trust.lock.json")]).toEqual(before);
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
      "it trusts shared/ci",
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
      "found that roles.other.trusts[0] names deploy/ci too; narrow its account selector by hand",
    );
  });

  test("--json has what ends, what is left and what comes next", async () => {
    const { code, out } = await checkout.run("revoke", "images", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      changed: true,
      file: "accounts.json",
      trusts: [{ position: 0, names: "shared/ci" }],
      roles: [{ roleArn: IMAGES, reaches: [] }],
      ended: [{ roleArn: IMAGES, principal: CI }],
      left: [],
      next: expect.arrayContaining([
        expect.objectContaining({ command: expect.stringContaining("client") }),
      ]),
    });
  });
});

describe("whom revoke names", () => {
  test("still gets in where another trust lets him in: it says so, with exit code 1", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.images.trusts = [
      { account: "root", user: "alice" },
      { account: "root", group: "CrossAccount" },
    ];
    checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
    const { code, out } = await checkout.run(
      ...["revoke", "images", "--principal", "root/user alice", "--dry-run"],
    );
    expect(code).toBe(1);
    expect(out).toContain("no new session begins for:\n  nobody\n");
    expect(out).toContain(
      "They still come to be the role another way:\n  root/user alice -> client/BuildRole\n",
    );
  });

  test.each(["root/permission set Operator", "root/Operator"])(
    "is a permission set by the name that is shown: %s",
    async (principal) => {
      const accounts = JSON.parse(checkout.read("accounts.json"));
      accounts.roles.images.trusts.push({ account: "root", permissionSet: "Operator" });
      checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
      const { out } = await checkout.run("revoke", "images", "--principal", principal, "--dry-run");
      expect(out).toContain("trust in root/permission set Operator\n");
    },
  );

  test("still gets in as another role that he may assume", async () => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.between = {
      accounts: ["shared"],
      trusts: [{ account: "shared", role: "ci" }],
    };
    accounts.roles.images.trusts.push({ account: "shared", role: "between" });
    checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
    const { code, out } = await checkout.run(
      ...["revoke", "images", "--principal", "shared/ci", "--dry-run", "--json"],
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ended: [{ roleArn: IMAGES, principal: CI }],
      left: [
        {
          principal: CI,
          roleArns: ["arn:aws:iam::100000000002:role/between", IMAGES],
        },
      ],
    });
  });

  test.each([
    [
      "a member of a trusted group",
      ["MainAccountAdminRole", "--principal", "root/alice"],
      "found that MainAccountAdminRole trusts root/group CrossAccount, and root/alice is one of them; take the user out of the group's users, or revoke the trust in all of them: --principal 'root/group CrossAccount'",
    ],
    [
      "a role of a trusted account",
      ["open", "--principal", CI],
      `found that open trusts account shared, and ${CI} is one of them; trust the roles and users of the account by name`,
    ],
  ])("is not to be taken for %s: others would lose their way in", async (_, args, message) => {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    accounts.roles.open = { accounts: ["client"], trusts: [{ account: "shared" }] };
    checkout.write("accounts.json", JSON.stringify(accounts, undefined, 2));
    const before = checkout.read("accounts.json");
    const { code, err } = await checkout.run("revoke", ...args, "--yes");
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(checkout.read("accounts.json")).toBe(before);
  });
});

describe("revoke in an included file of YAML", () => {
  const ROLES = `# the builders
roles:
  reader:   # reads
    accounts: [client]
    trusts:
      # of the build
      - account: shared
        role: ci
      - { account: root, group: CrossAccount }   # people
`;

  function include(text: string): void {
    const accounts = JSON.parse(checkout.read("accounts.json"));
    checkout.write("accounts.json", JSON.stringify({ ...accounts, include: ["roles/*.yaml"] }));
    checkout.write("roles/more.yaml", text);
  }

  test("takes the trust out there, and leaves every other line and file", async () => {
    include(ROLES);
    const main = checkout.read("accounts.json");
    const { code, out } = await checkout.run(...["revoke", "reader", "--principal", "ci", "--yes"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const done = await checkout.run("revoke", "reader", "--principal", "shared/ci", "--yes");
    expect(done.code).toBe(0);
    expect(done.out).toContain("This takes out of roles/more.yaml: trust in shared/ci\n");
    expect(checkout.read("roles/more.yaml")).toBe(
      ROLES.replace("      - account: shared\n        role: ci\n", ""),
    );
    expect(checkout.read("accounts.json")).toBe(main);
  });

  test("refuses where an anchor gives the trust to another role too, and changes nothing", async () => {
    const anchored = `roles:
  reader:
    accounts: [client]
    trusts: &builders
      - account: shared
        role: ci
  writer:
    accounts: [client]
    trusts: *builders
`;
    include(anchored);
    const lock = checkout.read("trust.lock.json");
    const { code, err } = await checkout.run("revoke", "reader", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("role/writer would change too (an anchor in roles/more.yaml?)");
    expect(checkout.read("roles/more.yaml")).toBe(anchored);
    expect(checkout.read("trust.lock.json")).toBe(lock);
  });
});

test("revoke leaves the file as it was where the lock cannot be written", async () => {
  const before = checkout.read("accounts.json");
  mkdirSync(checkout.path("trust.lock.json.lock"));
  const { code, err } = await checkout.run("revoke", "images", "--yes");
  expect(code).toBe(3);
  expect(err).toContain("found another crosstrust or an editor at it");
  expect(checkout.read("accounts.json")).toBe(before);
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
