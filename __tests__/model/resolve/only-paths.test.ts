import { example } from "../../only-path/example";
import { modelOf } from "../../stacks/organization";
import { printed, readFiles } from "../folder";
import { EMPTY_LOCK_FILE } from "../organization";

/* Accounts with `onlyPath`, whom their policies let in, and roles for emergencies. */

const ACCOUNTS = {
  root: { id: "100000000001", management: true },
  build: { id: "100000000003" },
  prod: { id: "100000000004", onlyPath: true },
  vendor: { id: "900000000001", external: true },
};
const CI = { accounts: ["build"], trusts: [{ service: "codebuild.amazonaws.com" }] };

function organization(more: { readonly [key: string]: unknown } = {}) {
  return {
    accounts: ACCOUNTS,
    roles: { ci: CI, app: { accounts: ["prod"], trusts: [{ account: "build", role: "ci" }] } },
    ...more,
  };
}

/** Whom the policies of prod let in from outside. */
function declaredBy(trusts: readonly object[], more = {}): readonly string[] {
  const { onlyPaths } = modelOf(
    organization({ roles: { ci: CI, app: { accounts: ["prod"], trusts } }, ...more }),
  );
  return onlyPaths[0].guarded.declared;
}

const PEOPLE = {
  root: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } },
};
const AN_ID = "0b1c6a52-6c1f-4f9e-9d57-1c9a7f3f6b20";

describe("whom the policies let in from outside", () => {
  it.each([
    ["a role", [{ account: "build", role: "ci" }], ["arn:aws:iam::100000000003:role/ci"]],
    [
      "a role whose trust is not guarded, with its account",
      [{ account: "build", role: "ci", guard: false }],
      ["arn:aws:iam::100000000003:*"],
    ],
    ["a user", [{ account: "root", user: "alice" }], ["arn:aws:iam::100000000001:user/alice"]],
    [
      "a group: users of its account",
      [{ account: "root", group: "Admins" }],
      ["arn:aws:iam::100000000001:user/*"],
    ],
    ["an account", [{ account: "vendor", externalId: AN_ID }], ["arn:aws:iam::900000000001:*"]],
    [
      "a permission set, in both forms of its path",
      [{ account: "build", permissionSet: "Admin" }],
      [
        "arn:aws:iam::100000000003:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_????????????????",
        "arn:aws:iam::100000000003:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_????????????????",
      ],
    ],
    ["of its own account nobody: they are inside", [{ account: "prod", role: "local" }], []],
    ["of services nobody", [{ service: "ec2.amazonaws.com" }], []],
  ])("%s", (_, trusts, declared) => {
    const local = { accounts: ["prod"], trusts: [{ service: "ec2.amazonaws.com" }] };
    const roles = { ci: CI, local, app: { accounts: ["prod"], trusts } };
    expect(declaredBy(trusts, { identities: PEOPLE, roles })).toEqual(declared);
  });

  it("an account covers a role of it that another role trusts", () => {
    const roles = {
      ci: CI,
      app: { accounts: ["prod"], trusts: [{ account: "build" }] },
      other: { accounts: ["prod"], trusts: [{ account: "build", role: "ci" }] },
    };
    expect(declaredBy([], { roles })).toEqual(["arn:aws:iam::100000000003:*"]);
  });

  it("those who read trust policies for messages", () => {
    const prod = example().onlyPaths.find(({ account }) => account.name === "prod");
    expect(prod?.guarded.declared).toContain("arn:aws:iam::100000000002:role/crosstrust-notify");
  });
});

it("the roles by which an account is administered, with and without a bootstrap", () => {
  const { onlyPaths } = modelOf(organization());
  expect(onlyPaths[0].guarded.administrators).toEqual([
    "arn:aws:iam::100000000004:role/OrganizationAccountAccessRole",
  ]);
  expect(example().onlyPaths.map(({ guarded }) => guarded.administrators)).toEqual(
    ["100000000002", "100000000004"].map((id) => [
      `arn:aws:iam::${id}:role/crosstrust-execution`,
      `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`,
    ]),
  );
});

describe("deployers whose trust policies are not ours", () => {
  const HUB = "arn:aws:iam::100000000003";
  const existingDeployers = (deployer: object, firstDeployers: readonly string[] = []) =>
    modelOf({
      settings: {
        bootstrap: { deployer: { account: "build", role: "deployer" }, firstDeployers },
      },
      accounts: { ...ACCOUNTS, build: { ...ACCOUNTS.build, onlyPath: true } },
      roles: { deployer: { accounts: ["build"], ...deployer } },
    }).onlyPaths.map(({ account, guarded }) => [account.name, guarded.existingDeployers]);

  it("an existing deployer is one, and first deployers that are roles of the hub", () => {
    const first = [
      `${HUB}:role/admin`,
      `${HUB}:user/admin`,
      `${HUB}:role/OrganizationAccountAccessRole`,
    ];
    expect(existingDeployers({ existing: true }, first)).toEqual([
      ["build", [`${HUB}:role/deployer`, `${HUB}:role/admin`]],
      ["prod", []],
    ]);
  });

  it("one that is made here is none", () => {
    expect(existingDeployers({ trusts: [{ service: "codebuild.amazonaws.com" }] })).toEqual([
      ["build", []],
      ["prod", []],
    ]);
  });
});

it("false and a planned account are no only path", () => {
  const { onlyPaths } = modelOf(
    organization({
      accounts: {
        ...ACCOUNTS,
        prod: { id: "100000000004", onlyPath: false },
        later: { id: "", onlyPath: true },
      },
    }),
  );
  expect(onlyPaths).toEqual([]);
});

function problemsOf(file: object): readonly string[] {
  return printed(readFiles({ "accounts.json": file, "trust.lock.json": EMPTY_LOCK_FILE }).problems);
}

describe("refused", () => {
  it.each([
    [
      "on an external account",
      { ...ACCOUNTS, vendor: { id: "900000000001", external: true, onlyPath: true } },
      "found accounts.vendor, an external account",
    ],
    [
      "on the management account",
      { ...ACCOUNTS, root: { id: "100000000001", management: true, onlyPath: true } },
      "found accounts.root, the management account",
    ],
    [
      "without the management account",
      { ...ACCOUNTS, root: { id: "100000000001" } },
      "expected the management account in this file",
    ],
    [
      "with a management account that is planned",
      { ...ACCOUNTS, root: { id: "", management: true } },
      'found none with an id, do: add it with "management": true and its id',
    ],
    [
      "in another organization",
      { ...ACCOUNTS, prod: { id: "100000000004", onlyPath: true, organization: "o-zzzzzzzzzz" } },
      "expected an account of the organization of root",
    ],
  ])("%s", (_, accounts, text) => {
    expect(problemsOf(organization({ accounts }))).toEqual([expect.stringContaining(text)]);
  });

  it("principals of more accounts than fit the policy", () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `a${index}`,
        { id: `2${String(index).padStart(11, "0")}` },
      ]),
    );
    const roles = {
      ci: { ...CI, accounts: ["*"] },
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, role) => [
          `app${role}`,
          {
            accounts: ["prod"],
            trusts: Array.from({ length: 10 }, (__, index) => ({
              account: `a${role * 10 + index}`,
              role: "ci",
            })),
          },
        ]),
      ),
    };
    expect(problemsOf({ accounts: { ...ACCOUNTS, ...accounts }, roles })).toEqual([
      expect.stringContaining("principals of 200 accounts that may assume roles of prod"),
    ]);
  });
});

describe("what does not fit a policy is said as it is", () => {
  const names = (length: number, name: (index: number) => string) =>
    Array.from({ length }, (_, index) => name(index));

  it("whole accounts are counted one by one", () => {
    const vendors = names(150, (index) => `vendor${index}`);
    const accounts = Object.fromEntries(
      vendors.map((vendor, index) => [vendor, { id: String(9e11 + index), external: true }]),
    );
    const apps = vendors.map((account, index) => [
      `app${index}`,
      { accounts: ["prod"], trusts: [{ account, externalId: `${AN_ID}-${index}` }] },
    ]);
    const { root, build, prod } = ACCOUNTS;
    expect(
      problemsOf({ accounts: { root, build, prod, ...accounts }, roles: Object.fromEntries(apps) }),
    ).toEqual([expect.stringContaining("principals of 150 accounts")]);
  });

  it("roles that take tokens", () => {
    const oidc = { issuer: "https://oidc.example.com", audience: "sts.amazonaws.com" };
    const pods = names(100, (index) => `workload-of-the-cluster-${index}`).map((name) => [
      name,
      { accounts: ["prod"], trusts: [{ oidc: { ...oidc, subject: name } }] },
    ]);
    const [problem] = problemsOf(organization({ roles: Object.fromEntries(pods) }));
    expect(problem).toContain("100 of its roles that take tokens");
    expect(problem).toContain("take tokens in fewer roles");
  });

  it("deployers", () => {
    const firstDeployers = names(70, (index) => `arn:aws:iam::100000000003:user/admin-${index}`);
    const { root, build } = ACCOUNTS;
    const problems = problemsOf({
      settings: { bootstrap: { deployer: { account: "build", role: "ci" }, firstDeployers } },
      accounts: { root, build: { ...build, onlyPath: true, quotas: { trustPolicy: 8192 } } },
      roles: { ci: CI },
    });
    expect(problems).toEqual([
      expect.stringContaining("71 principals that may assume the execution role of build"),
    ]);
  });
});

describe("a role for emergencies", () => {
  const role = (more: object) =>
    problemsOf({
      accounts: { ...ACCOUNTS, security: { id: "100000000005" } },
      identities: PEOPLE,
      roles: {
        ci: CI,
        BreakGlass: {
          accounts: ["prod"],
          breakGlass: true,
          notify: true,
          trusts: [{ account: "root", group: "Admins" }],
          ...more,
        },
      },
      notifications: { account: "security", email: ["a@example.com"], trails: "existing" },
    });

  it.each([
    ["people with MFA, told, for an hour", {}],
    ["a user", { trusts: [{ account: "root", user: "alice" }] }],
    ["an hour in so many words", { maxSessionDuration: 3600 }],
  ])("%s is taken", (_, more) => {
    expect(role(more)).toEqual([]);
  });

  it.each([
    [
      "without MFA",
      { trusts: [{ account: "root", group: "Admins", mfa: false }] },
      "found group Admins without MFA",
    ],
    [
      "for a role",
      { trusts: [{ account: "build", role: "ci" }] },
      "role/ci, whose sessions carry no MFA",
    ],
    [
      "for an account",
      { trusts: [{ account: "root", mfa: true }] },
      "found all of account 100000000001",
    ],
    [
      "for a permission set",
      { trusts: [{ account: "root", permissionSet: "Admin" }] },
      "found permission set Admin",
    ],
    ["for a service", { trusts: [{ service: "ec2.amazonaws.com" }] }, "found ec2.amazonaws.com"],
    [
      "for longer than an hour",
      { maxSessionDuration: 7200 },
      "expected sessions of at most 3600 seconds",
    ],
    ["that is not told", { notify: false }, '"notify": true beside breakGlass'],
    [
      "that exists already",
      { existing: true, notify: undefined, trusts: undefined },
      "whom an existing one trusts is not known",
    ],
  ])("%s is refused", (_, more, text) => {
    expect(role(more).join("\n")).toContain(text);
  });
});
