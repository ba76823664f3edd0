import { modelOf } from "../deployed";
import { printed, readFiles } from "../folder";
import { ACCOUNTS, CI, filesOf } from "../organization";

function trustsOf(role: object, accounts: object = ACCOUNTS) {
  const app = { accounts: ["client"], ...role };
  return modelOf({ accounts, roles: { app, ci: CI } }).roles.find(({ key }) => key === "app")
    ?.trusts;
}

describe("a subject may have wildcards after its owner's name", () => {
  test.each([
    ["https://oidc.example.com", "acme:project:*"],
    ["https://oidc.example.com", "acme/*"],
    ["https://oidc.example.com", "acme"],
    ["https://accounts.google.com", "112233445566778899001"],
  ])("of %s: %s", (issuer, subject) => {
    const oidc = { issuer, audience: "sts.amazonaws.com", subject };

    expect(trustsOf({ trusts: [{ oidc }] })).toMatchObject([{ subjects: [subject] }]);
  });
});

describe("trusts beside each other", () => {
  test("may be in two groups of an account, and in a role of it", () => {
    const identities = {
      shared: { users: { alice: {} }, groups: { a: { users: ["alice"] }, b: {} } },
    };
    const trusts = [
      { account: "shared", group: "a" },
      { account: "shared", group: "b" },
      { account: "shared", role: "ci" },
    ];
    const { roles } = modelOf({ identities, role: { trusts } });

    expect(roles.find(({ key }) => key === "app")?.trusts).toHaveLength(3);
  });

  test("may be in a whole account and in a role of another", () => {
    const trusts = [
      { account: "vendor", externalId: "abcdef" },
      { account: "shared", role: "ci" },
    ];

    expect(trustsOf({ trusts })).toHaveLength(2);
  });

  test("may be in a whole account and in a role of it, for different accounts", () => {
    const trusts = [
      { account: "root", in: "client" },
      { account: "root", role: "ops", in: "shared" },
    ];
    const app = { accounts: ["client", "shared"], trusts };
    const ops = { ...CI, accounts: ["root"] };
    const { roles } = modelOf({ roles: { app, ops } });

    expect(roles.filter(({ key }) => key === "app").map((role) => role.trusts.length)).toEqual([
      1, 1,
    ]);
  });
});

test("a selector may choose external accounts for a trust in a role, and accounts without that role", () => {
  const accounts = {
    client: { id: "111122223333", ou: "all" },
    shared: { id: "444455556666", ou: "all" },
    vendor: { id: "900000000001", external: true, ou: "all" },
  };

  expect(trustsOf({ trusts: [{ account: "ou:all", role: "ci" }] }, accounts)).toMatchObject([
    { principalArn: "arn:aws:iam::444455556666:role/ci" },
    { principalArn: "arn:aws:iam::900000000001:role/ci" },
  ]);
});

test("one party may have an external ID for all of its roles, and our accounts are one party", () => {
  const { problems } = readFiles(
    filesOf({
      roles: {
        audit: { accounts: ["*"], trusts: [{ account: "vendor", externalId: "vendors" }] },
        build: { accounts: ["client"], trusts: [{ account: "vendor", externalId: "vendors" }] },
        ops: {
          accounts: ["client"],
          trusts: [
            { account: "root", externalId: "ours" },
            { account: "shared", externalId: "ours" },
          ],
        },
      },
    }),
  );

  expect(printed(problems)).toEqual([]);
});
