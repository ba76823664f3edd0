import type { Model } from "../../src/model/model";
import { modelOf } from "./deployed";
import { printed, readFiles, type Files } from "./folder";
import { ACCOUNTS, EMPTY_LOCK_FILE, filesOf } from "./organization";

const LOCK = { "trust.lock.json": EMPTY_LOCK_FILE };

function model(files: Files, main?: string): Model {
  const read = readFiles({ ...LOCK, ...files }, main);
  expect(printed(read.problems)).toEqual([]);
  if (read.model === undefined) throw new Error("no model");
  return read.model;
}

function accounts({ accounts: all }: Model): readonly (readonly string[])[] {
  return all.map(({ name, id, kind }) => [name, id, kind]);
}

describe("Gruntwork's files are read as they are", () => {
  const WITH_OBJECTS = {
    logs: { id: "111122223333", deploy_order: 5, root_user_email: "root-logs@example.com" },
    shared: { id: "444455556666", deploy_order: 5, root_user_email: "root-shared@example.com" },
    settings: { id: "100000000002" },
    accounts: { id: "100000000003" },
    root: { id: "100000000001", deploy_order: 1 },
  };
  const WITH_IDS = {
    logs: "111122223333",
    settings: "100000000002",
    accounts: "100000000003",
    include: "",
    root: "100000000001",
  };

  test("with objects, whatever the accounts are named", () => {
    expect(accounts(model({ "accounts.json": WITH_OBJECTS }))).toEqual([
      ["logs", "111122223333", "member"],
      ["shared", "444455556666", "member"],
      ["settings", "100000000002", "member"],
      ["accounts", "100000000003", "member"],
      ["root", "100000000001", "management"],
    ]);
  });

  test("with ids alone, an empty one for a planned account", () => {
    expect(accounts(model({ "accounts.json": WITH_IDS }))).toEqual([
      ["logs", "111122223333", "member"],
      ["settings", "100000000002", "member"],
      ["accounts", "100000000003", "member"],
      ["include", "", "planned"],
      ["root", "100000000001", "management"],
    ]);
  });

  test("with e-mail and deploy order", () => {
    const [logs] = model({ "accounts.json": WITH_OBJECTS }).accounts;

    expect(logs).toMatchObject({ email: "root-logs@example.com", deployOrder: 5, stack: "logs" });
  });

  test.each([
    ["objects", WITH_OBJECTS],
    ["ids", WITH_IDS],
  ])("with %s, and are useful by a crosstrust.json beside them", (_, gruntwork) => {
    const full = {
      accounts: "accounts.json",
      roles: { audit: { accounts: ["*"], trusts: [{ account: "root" }] } },
    };
    const { roles } = model(
      { "accounts.json": gruntwork, "crosstrust.json": full },
      "crosstrust.json",
    );

    expect(roles.map(({ account }) => account.name)).toEqual(
      Object.keys(gruntwork).filter((name) => name !== "root" && name !== "include"),
    );
  });

  test("in YAML, where ids keep their leading zeros without quotes", () => {
    const file = ["logs: 011122223333", "shared:", "  id: 000055556666", "dev: ''"];

    expect(accounts(model({ "accounts.yaml": file }, "accounts.yaml"))).toEqual([
      ["logs", "011122223333", "member"],
      ["shared", "000055556666", "member"],
      ["dev", "", "planned"],
    ]);
  });
});

describe("an account that nothing more is said of", () => {
  const { accounts: all } = modelOf({ roles: {} });
  const byName = Object.fromEntries(all.map((account) => [account.name, account]));

  test("is in us-east-1 of the commercial partition, with AWS's defaults", () => {
    expect(byName.shared).toMatchObject({
      partition: "aws",
      region: "us-east-1",
      accessRole: "OrganizationAccountAccessRole",
      tags: {},
      quotas: { trustPolicy: 2048, managedPoliciesPerRole: 10 },
      stack: "shared",
    });
  });

  test.each([
    ["client", "client"],
    ["root", "root"],
    ["vendor", undefined],
    ["later", undefined],
  ])("named %s has the stack %s and no bootstrap stack", (name, stack) => {
    expect(byName[name].stack).toBe(stack);
    expect(byName[name].bootstrapStack).toBeUndefined();
  });
});

describe("bootstrap stacks", () => {
  const bootstrapStacks = (management: object) =>
    modelOf({
      settings: { bootstrap: { deployer: { account: "shared", role: "ci" } } },
      accounts: { ...ACCOUNTS, root: { ...ACCOUNTS.root, ...management } },
    }).accounts.flatMap(({ bootstrapStack }) => bootstrapStack ?? []);

  test("are made for every account with a stack but the management account", () => {
    expect(bootstrapStacks({})).toEqual(["client-bootstrap", "shared-bootstrap"]);
  });

  test("are made for the management account where that is written", () => {
    expect(bootstrapStacks({ bootstrap: true })).toContain("root-bootstrap");
  });

  test("define an execution role that trusts the deployer, and at first the administrators", () => {
    const [execution] = modelOf({
      settings: {
        organizationId: "o-a1b2c3d4e5",
        bootstrap: {
          deployer: { account: "shared", role: "ci" },
          firstDeployers: ["arn:aws:iam::444455556666:user/founder"],
        },
      },
    }).roles;

    expect(execution).toMatchObject({
      stack: "client-bootstrap",
      arn: "arn:aws:iam::111122223333:role/crosstrust-execution",
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      protect: true,
      trusts: [
        {
          principalArn: "arn:aws:iam::444455556666:role/ci",
          organizationId: "o-a1b2c3d4e5",
          guard: [
            "arn:aws:iam::444455556666:role/ci",
            "arn:aws:iam::444455556666:role/OrganizationAccountAccessRole",
            "arn:aws:iam::444455556666:user/founder",
          ],
        },
      ],
    });
  });

  test("let no access role of the management account in, unless its entry names one", () => {
    const guard = (root: object) =>
      modelOf({
        settings: {
          accessRole: "Admin",
          bootstrap: { deployer: { account: "root", role: "ci" } },
        },
        accounts: { ...ACCOUNTS, root: { ...ACCOUNTS.root, ...root } },
        roles: { ci: { accounts: ["root"], trusts: [{ service: "ec2.amazonaws.com" }] } },
      }).roles.find(({ stack }) => stack === "client-bootstrap")?.trusts;
    const deployer = "arn:aws:iam::100000000001:role/ci";

    expect(guard({})).toMatchObject([{ guard: [deployer] }]);
    expect(guard({ accessRole: "Gate" })).toMatchObject([
      { guard: [deployer, "arn:aws:iam::100000000001:role/Gate"] },
    ]);
  });

  test("of the management account as the hub want a first deployer: nobody else could get in", () => {
    const problems = (bootstrap: object, root: object = { bootstrap: true }) =>
      printed(
        readFiles(
          filesOf({
            settings: { bootstrap: { deployer: { account: "root", role: "ci" }, ...bootstrap } },
            accounts: { ...ACCOUNTS, root: { ...ACCOUNTS.root, ...root } },
            roles: { ci: { accounts: ["root"], trusts: [{ service: "ec2.amazonaws.com" }] } },
          }),
        ).problems,
      );

    expect(problems({})).toEqual([
      expect.stringMatching(/settings\.bootstrap: expected firstDeployers: the hub root is /),
    ]);
    expect(problems({ firstDeployers: ["arn:aws:iam::100000000001:user/founder"] })).toEqual([]);
    expect(problems({ guard: false })).toEqual([]);
    expect(problems({}, {})).toEqual([]);
  });

  test("let the whole hub in at first only where no guard is written", () => {
    const [execution] = modelOf({
      settings: { bootstrap: { deployer: { account: "shared", role: "ci" }, guard: false } },
    }).roles;

    expect(execution.trusts).toMatchObject([{ guard: [] }]);
  });

  test("are protected unless settings.protect is false, as the deployer is", () => {
    const protectedRoles = (settings: object) =>
      modelOf({
        settings: { bootstrap: { deployer: { account: "shared", role: "ci" } }, ...settings },
      })
        .roles.filter(({ protect }) => protect)
        .map(({ name }) => name);

    expect(protectedRoles({})).toEqual(["crosstrust-execution", "crosstrust-execution", "ci"]);
    expect(protectedRoles({ protect: false })).toEqual([]);
  });
});

describe("a selector chooses", () => {
  const SOME = {
    ...ACCOUNTS,
    dev: { id: "100000000005", ou: "/workloads/dev/", tags: { env: "dev" } },
    workloads: { id: "100000000006", ou: "workloads-of-others" },
  };
  const chosen = (role: object): readonly string[] =>
    modelOf({ accounts: SOME, role: { accounts: ["*"], ...role } })
      .roles.filter(({ key }) => key === "app")
      .map(({ account }) => account.name);

  test.each([
    ["a name", ["shared"], "shared"],
    ["the management account by its name", ["root"], "root"],
    ["a tag", ["tag:env=prod"], "client"],
    ["an OU with its children", ["ou:workloads"], "client dev"],
    ["an OU with slashes around it", ["ou:/workloads/"], "client dev"],
    ["a child OU", ["ou:workloads/prod"], "client"],
    ["every account with a stack but the management account", ["*"], "client shared dev workloads"],
    ["what all terms choose", ["ou:workloads & tag:env=dev"], "dev"],
    [
      "what any selector chooses, once, in file order",
      ["dev", "ou:workloads", "client"],
      "client dev",
    ],
    ["several with the management account", ["*", "root"], "client shared root dev workloads"],
  ])("by %s", (_, selectors, names) => {
    expect(chosen({ accounts: selectors }).join(" ")).toBe(names);
  });

  test("less what except takes away", () => {
    expect(chosen({ except: ["ou:workloads", "shared"] })).toEqual(["workloads"]);
  });

  test("not by a tag that every object has", () => {
    const read = readFiles({
      ...LOCK,
      "accounts.json": {
        accounts: SOME,
        roles: { app: { accounts: ["tag:constructor=x"], existing: true } },
      },
    });

    expect(printed(read.problems)).toEqual([expect.stringContaining("which chooses none")]);
  });
});

describe("a trust", () => {
  const trusts = (trust: object, change: object = {}) =>
    modelOf({ trust, ...change }).roles.find(({ key }) => key === "app")?.trusts;
  const organization = { settings: { organizationId: "o-a1b2c3d4e5" } };
  const people = {
    identities: { root: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } } },
  };

  test("in our own principal carries the organization, in another's does not", () => {
    expect(trusts({ account: "shared", role: "ci" }, organization)).toMatchObject([
      { organizationId: "o-a1b2c3d4e5" },
    ]);
    expect(trusts({ account: "vendor", role: "audit" }, organization)?.at(0)).toHaveProperty(
      "organizationId",
      undefined,
    );
  });

  test.each([
    ["another organization", "o-zzzzzzzzzz", "o-zzzzzzzzzz"],
    ["none", false, undefined],
  ])("in an account of %s says so", (_, written, expected) => {
    const accounts = { ...ACCOUNTS, shared: { id: "444455556666", organization: written } };
    const [trust] = trusts({ account: "shared" }, { ...organization, accounts }) ?? [];

    expect(trust).toHaveProperty("organizationId", expected);
  });

  test.each([
    ["a group", { account: "root", group: "Admins" }, true],
    ["a user", { account: "root", user: "alice" }, true],
    ["a group, with mfa false", { account: "root", group: "Admins", mfa: false }, false],
    ["a role", { account: "shared", role: "ci" }, false],
    ["a whole account", { account: "shared" }, false],
  ])("in %s demands MFA: %s", (_, trust, mfa) => {
    expect(trusts(trust, people)).toMatchObject([{ mfa }]);
  });

  test("is guarded by its principal's ARN unless guard is false", () => {
    expect(trusts({ account: "shared", role: "ci" })).toMatchObject([
      { guard: ["arn:aws:iam::444455556666:role/ci"] },
    ]);
    expect(trusts({ account: "shared", role: "ci", guard: false })).toMatchObject([{ guard: [] }]);
  });

  test("in a role of an external account goes by its name and path", () => {
    expect(trusts({ account: "vendor", role: "audit", path: "/x/" })).toMatchObject([
      { kind: "role", principalArn: "arn:aws:iam::900000000001:role/x/audit" },
    ]);
  });

  test("in a role by a selector skips accounts in which the role does not exist", () => {
    expect(trusts({ account: "*", role: "ci" })).toMatchObject([
      { principalArn: "arn:aws:iam::444455556666:role/ci" },
    ]);
  });

  test("for some of the role's accounts is in these alone", () => {
    const { roles } = modelOf({
      role: {
        accounts: ["client", "shared"],
        trusts: [{ service: "ec2.amazonaws.com" }, { account: "root", in: "tag:env=prod" }],
      },
    });

    expect(roles.map(({ account, trusts: each }) => [account.name, each.length])).toEqual([
      ["client", 2],
      ["shared", 1],
      ["shared", 1],
    ]);
  });

  test("is one access: each trusted identity may assume exactly the roles that trust it", () => {
    const { roles, users, groups } = modelOf({
      ...people,
      roles: {
        ci: { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] },
        a: { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] },
        b: { accounts: ["client"], trusts: [{ account: "root", group: "Admins" }] },
        c: { accounts: ["client"], trusts: [{ account: "root", user: "alice" }] },
        d: { accounts: ["client"], trusts: [{ account: "root" }] },
      },
    });
    const mayAssume = [...roles, ...users, ...groups]
      .filter((each) => each.mayAssume.length > 0)
      .map((each) => [each.name, each.mayAssume.join(" ")]);

    expect(mayAssume).toEqual([
      ["ci", "arn:aws:iam::111122223333:role/a"],
      ["alice", "arn:aws:iam::111122223333:role/c"],
      ["Admins", "arn:aws:iam::111122223333:role/b"],
    ]);
  });
});

describe("statements", () => {
  test("are filled in for each account, and keep IAM's own variables", () => {
    const { roles } = modelOf({
      accounts: { ...ACCOUNTS, client: { id: "111122223333", region: "eu-west-1" } },
      role: {
        accounts: ["client", "shared"],
        statements: [
          {
            Effect: "Allow",
            Action: "s3:*",
            Resource:
              "arn:${Partition}:s3:::${AccountName}-${Region}-${AccountId}/${aws:username}/${*}",
            Condition: {
              StringLike: { "aws:ResourceTag/${AccountName}": ["${AccountName}/%{x}"] },
            },
          },
        ],
      },
    });

    expect(
      roles.slice(0, 2).map(({ statements: [each] }) => [each.Resource, each.Condition]),
    ).toEqual([
      [
        "arn:aws:s3:::client-eu-west-1-111122223333/${aws:username}/${*}",
        { StringLike: { "aws:ResourceTag/client": ["client/%{x}"] } },
      ],
      [
        "arn:aws:s3:::shared-us-east-1-444455556666/${aws:username}/${*}",
        { StringLike: { "aws:ResourceTag/shared": ["shared/%{x}"] } },
      ],
    ]);
  });
});

describe("backends", () => {
  test.each(["", "states", "states/", "aws.v1/team_a=b/states-2"])(
    "a key prefix may be %p",
    (keyPrefix) => {
      const backend = { type: "s3", bucket: "acme-states", keyPrefix };
      const slash = keyPrefix === "" || keyPrefix.endsWith("/") ? "" : "/";

      expect(modelOf({ settings: { backend } }).settings.backend).toMatchObject({
        keyPrefix: `${keyPrefix}${slash}`,
      });
    },
  );

  test.each([
    ["local by default", undefined, { type: "local" }],
    [
      "s3, in the organization's region, with a slash after its prefix",
      { type: "s3", bucket: "acme-states", keyPrefix: "crosstrust" },
      {
        type: "s3",
        bucket: "acme-states",
        region: "eu-west-1",
        keyPrefix: "crosstrust/",
        createBucket: "no",
        administrators: [],
      },
    ],
    [
      "cloud, at HashiCorp's own host",
      { type: "cloud", organization: "acme" },
      {
        type: "cloud",
        hostname: "app.terraform.io",
        organization: "acme",
        workspacePrefix: "",
      },
    ],
  ])("are %s", (_, backend, expected) => {
    const { settings } = modelOf({ settings: { region: "eu-west-1", backend } });

    expect(settings.backend).toEqual(expected);
  });
});

test("roles and identities come from included files of both kinds as from the main file", () => {
  const { roles, groups } = model({
    "accounts.json": {
      accounts: "organization.yaml",
      include: ["roles/*.json", "people.yaml"],
      notes: "for people",
      roles: { app: { accounts: ["client"], trusts: [{ account: "root", group: "Admins" }] } },
    },
    "organization.yaml": ["client: 111122223333", "root: 100000000001"],
    "people.yaml": [
      "identities:",
      "  root:",
      "    users: { alice: {} }",
      "    groups: { Admins: { users: [alice] } }",
    ],
    "roles/ci.json": {
      $schema: "../accounts.schema.json",
      notes: "moved here",
      roles: { ci: { accounts: ["client"], trusts: [{ service: "ec2.amazonaws.com" }] } },
    },
  });

  expect(roles.map(({ key, location }) => `${key} ${location.file}`)).toEqual([
    expect.stringMatching(/^app .*accounts\.json$/),
    expect.stringMatching(/^ci .*ci\.json$/),
  ]);
  expect(groups).toMatchObject([
    { name: "Admins", mayAssume: ["arn:aws:iam::111122223333:role/app"] },
  ]);
});
