import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../docs/markdown";
import { Checkout, type Ran } from "./checkout";

const ORGANIZATION = {
  accounts: {
    main: { id: "100000000001", management: true },
    client: { id: "111122223333" },
    other: { id: "444455556666" },
    vendor: { id: "900000000001", external: true },
    partner: { id: "900000000002", external: true },
  },
  identities: {
    main: { users: { alice: {}, bob: {} }, groups: { Admins: { users: ["alice"] } } },
    other: { users: { bob: {} } },
  },
  roles: {
    admin: { accounts: ["*"], trusts: [{ account: "main", group: "Admins" }] },
    ci: { accounts: ["other"], trusts: [{ service: "states.amazonaws.com" }] },
    deploy: { accounts: ["client"], trusts: [{ account: "other", role: "ci" }] },
    audit: {
      accounts: ["client"],
      trusts: [
        { account: "vendor", role: "scan", externalId: "vendors-key" },
        { account: "partner", externalId: "partners-key" },
      ],
    },
    operate: {
      accounts: ["client"],
      trusts: [{ account: "main", permissionSet: "Operator" }],
    },
    reports: {
      accounts: ["partner"],
      existing: true,
      trusts: [{ account: "other", role: "ci", externalId: "our-key" }],
    },
  },
};

const AWS_CONFIG_FILE = process.env.AWS_CONFIG_FILE;

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout(ORGANIZATION);
  process.env.AWS_CONFIG_FILE = checkout.path("config");
});

afterEach(() => {
  checkout.remove();
  if (AWS_CONFIG_FILE === undefined) delete process.env.AWS_CONFIG_FILE;
  else process.env.AWS_CONFIG_FILE = AWS_CONFIG_FILE;
});

/** Runs a command line that is refused, and gives the message. */
async function refused(line: string): Promise<string> {
  const { code, out, err } = await checkout.run(...line.split(" "));
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return err;
}

function run(line: string): Promise<Ran> {
  return checkout.run(...line.split(" "));
}

describe("links", () => {
  test("with --json prints data, with the reason of each role without a link", async () => {
    const { out } = await run("links --json");
    const { links, without } = JSON.parse(out);

    expect(links).toHaveLength(3);
    expect(links[0]).toEqual({
      account: "client",
      accountId: "111122223333",
      role: "admin",
      roleArn: "arn:aws:iam::111122223333:role/admin",
      displayName: "client/admin",
      url: "https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=admin&displayName=client%2Fadmin",
      mfa: true,
      people: ["main/group Admins"],
    });
    expect(without).toContainEqual({
      account: "client",
      accountId: "111122223333",
      role: "audit",
      roleArn: "arn:aws:iam::111122223333:role/audit",
      reason: "external-id",
      because: "it demands an external ID, which the console cannot pass",
    });
  });

  test("with --html prints a page whose title says whose it is", async () => {
    const { out } = await run("links --html --user alice");

    expect(out).toMatch(/^<!doctype html>[\s\S]*<title>Switch roles: main\/alice<\/title>/);
    expect(out).not.toContain("audit");
  });

  test("of a permission set are those that people who signed in with it can switch to", async () => {
    const { out } = await run("links --permission-set main/Operator --json");

    expect(JSON.parse(out)).toMatchObject({ links: [{ account: "client", role: "operate" }] });
  });

  test("prints the same bytes each time", async () => {
    expect((await run("links --html")).out).toBe((await run("links --html")).out);
  });
});

describe("whom an option names", () => {
  test.each([
    ["links --user alcie", "found alcie; write alice if that is meant"],
    ["links --user nobody-like-that", "found nobody-like-that; identities there lists them"],
    [
      "links --user bob",
      "found bob, which is in several accounts; write one of main/bob, other/bob",
    ],
    ["links --group Admin", "found Admin; write Admins if that is meant"],
    ["profiles --role cii", "found cii; write ci if that is meant"],
    ["profiles --role admin", "write one of client/admin, other/admin"],
  ])("%s is refused", async (line, message) => {
    expect(await refused(line)).toContain(message);
  });

  test.each(["other/bob", "main/alice"])("%s is one user", async (name) => {
    expect((await run(`links --user ${name}`)).out).toContain(`# Switch roles: ${name}\n`);
  });

  test("is one at most", async () => {
    expect(await refused("links --user alice --group Admins")).toContain("cannot be used with");
    expect(await refused("profiles --user alice --role ci")).toContain("cannot be used with");
  });
});

describe("profiles", () => {
  test("are written, and the file's state before is kept", async () => {
    checkout.write("config", "[default]\n");
    const { code, out } = await run("profiles --user alice");

    expect(code).toBe(0);
    expect(out).toBe(
      "wrote 2 profiles of main/alice to config\nwhat was there before is in config.before-crosstrust\n",
    );
    expect(checkout.read("config")).toMatch(/^\[default\]\n\n# >>> crosstrust: profiles of /);
    expect(checkout.read("config.before-crosstrust")).toBe("[default]\n");
  });

  test("with --print are printed, and nothing is written", async () => {
    const { out } = await run("profiles --user alice --print --source-profile agency");

    expect(out).toContain("source_profile = agency\n");
    expect(checkout.has("config")).toBe(false);
  });

  test("of who has no role any more are taken out", async () => {
    await run("profiles --user alice");
    checkout.write(
      "accounts.json",
      JSON.stringify({
        ...ORGANIZATION,
        identities: { main: { users: { alice: {} }, groups: { Admins: {} } } },
      }),
    );
    const { out } = await run("profiles --user alice");

    expect(out).toContain("wrote 0 profiles of main/alice to config\n");
    expect(checkout.read("config")).toBe("");
  });

  test("of who has no role are none, and that is said", async () => {
    const { code, out, err } = await run("profiles --user main/bob --print");

    expect({ code, out, err }).toEqual({
      code: 0,
      out: "",
      err: "no role of accounts.json trusts main/bob\n",
    });
  });

  test("that cannot be merged are told with the file's line, and exit 2", async () => {
    checkout.write("config", "[default]\n\n[profile client/admin]\n");

    expect(await refused("profiles --user alice")).toContain(
      "error: config:3:1: expected no profile client/admin besides the one in the block",
    );
  });

  test("whose file cannot be written exit 3", async () => {
    process.env.AWS_CONFIG_FILE = checkout.path("accounts.json/config");
    const { code, err } = await run("profiles --user alice");

    expect(code).toBe(3);
    expect(err).toContain("nothing was changed");
  });

  test.each([
    ["profiles", "expected one of --user, --group, --role and --permission-set, found none"],
    ["profiles --permission-set Operator", "name the one that aws configure sso made"],
    ["profiles --permission-set Admins", "a permission set of accounts.json, found Admins"],
    ["links --permission-set nobody-like-that", "trusts with permissionSet name them"],
    ["profiles --group Admins", "expected --print with --group"],
    ["profiles --role ci", "expected --source-profile or --credential-source"],
    ["profiles --role ci --format extend-switch-roles", "people use the browser; found --role"],
    ["profiles --user alice --credential-source Disk", "Allowed choices are Environment"],
    ["profiles --user alice --source-profile a\nb", 'found "a\\nb"'],
  ])("%j is refused", async (line, message) => {
    expect(await refused(line)).toContain(message);
    expect(checkout.has("config")).toBe(false);
  });

  test("of examples/agency have the partner's role, with its external ID", async () => {
    checkout.write(
      "accounts.json",
      readFileSync(join(ROOT, "examples/agency/accounts.json"), "utf8"),
    );
    const { out } = await run("profiles --user bob --print");

    expect(out).toMatch(/^\[profile flower-dev\/Developer\]$/m);
    expect(out).toContain(
      [
        "[profile partner/ReportsForAgency]",
        "role_arn = arn:aws:iam::900000000501:role/ReportsForAgency",
        "source_profile = default",
        "mfa_serial = arn:aws:iam::100000000501:mfa/bobs-phone",
        "external_id = 8b2f1c1e-6d8e-4f0b-9a52-0b7f5d3c2a11",
        "role_session_name = bob",
        "duration_seconds = 3600",
        "region = eu-west-1",
      ].join("\n"),
    );
  });

  test("of a machine take the credentials that are named", async () => {
    const { out } = await run("profiles --role ci --credential-source EcsContainer --print");

    expect(out).toContain("[profile client/deploy]\n");
    expect(out).toContain("credential_source = EcsContainer\n");
  });
});

describe("handover", () => {
  test("is for the account that --to names, and says what is then to do here", async () => {
    const { code, out, err } = await run("handover audit --to vendor");

    expect(code).toBe(0);
    expect(out).toMatch(/^# Access of vendor \(900000000001\) to audit\n/);
    expect(out).not.toContain("partner");
    expect(err).toBe(
      "Once they send the ID: npx crosstrust confirm --principal arn:aws:iam::900000000001:role/scan --unique-id ID\n",
    );
  });

  test.each([
    ["handover audit", "expected --to, because audit trusts vendor and partner"],
    ["handover audit --to main", "found main; write vendor or partner"],
    ["handover audti", "found audti; write audit if that is meant"],
    ["handover admin", "found admin, which trusts none"],
    [
      "handover reports",
      "expected a role of ours, found reports, which its owner hands over to us; run npx crosstrust profiles --user USER",
    ],
  ])("%s is refused", async (line, message) => {
    expect(await refused(line)).toContain(message);
  });
});

test("external-id prints another one each time, without any file", async () => {
  const empty = new Checkout(null, null);
  const ids = [(await empty.run("external-id")).out, (await empty.run("external-id")).out];
  empty.remove();

  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}\n$/);
});
