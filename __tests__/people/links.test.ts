import { switchLinks } from "../../src/people/links";
import { ADMINS, agency, group, user } from "./agency";
import cases from "./cases/links.json";

const CI = { accounts: ["other"], trusts: [{ service: "ec2.amazonaws.com" }] };

interface Case {
  readonly rule: string;
  readonly role: object;
  readonly people?: readonly string[];
  readonly mfa?: boolean;
  readonly reason?: string;
}

const CASES: readonly Case[] = cases;

describe("whether a role has a link", () => {
  test.each(CASES)("$rule", ({ role, people, mfa, reason }) => {
    const model = agency({ roles: { app: { accounts: ["client"], ...role }, ci: CI } });
    const { links, without } = switchLinks(model);

    expect(links.map((link) => ({ people: link.people, mfa: link.mfa }))).toEqual(
      people === undefined ? [] : [{ people, mfa }],
    );
    expect(without.filter((each) => each.role.key === "app").map((each) => each.reason)).toEqual(
      reason === undefined ? [] : [reason],
    );
  });
});

describe("a link", () => {
  test("has the display name and the colour of console", () => {
    const model = agency({
      roles: {
        app: {
          accounts: ["client"],
          path: "/people/",
          trusts: [ADMINS],
          console: { displayName: "The client", color: "red" },
        },
      },
    });

    expect(switchLinks(model).links).toMatchObject([
      {
        displayName: "The client",
        color: "f2b0a9",
        url: "https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=people%2Fapp&displayName=The%20client&color=f2b0a9",
      },
    ]);
  });

  test("has the account and the role for a name where console gives none", () => {
    const model = agency({ roles: { app: { accounts: ["client"], trusts: [ADMINS] } } });

    expect(switchLinks(model).links).toMatchObject([
      { displayName: "client/app", color: undefined },
    ]);
  });

  test("says the account where several roles have the same display name", () => {
    const model = agency({
      roles: {
        app: { accounts: ["*"], trusts: [ADMINS], console: { displayName: "Admin" } },
        audit: { accounts: ["client"], trusts: [ADMINS], console: { displayName: "Audit" } },
      },
    });

    expect(switchLinks(model).links.map(({ displayName }) => displayName)).toEqual([
      "Admin (client)",
      "Audit",
      "Admin (other)",
    ]);
  });
});

describe("a role of an external account that trusts ours", () => {
  const linksOf = (trust: object, name?: string) => {
    const reports = { accounts: ["partner"], existing: true, trusts: [trust] };
    const model = agency({ roles: { ci: CI, reports } });
    const { links, without } = switchLinks(
      model,
      name === undefined ? undefined : user(model, name),
    );
    return {
      links: links.map(({ role, ...link }) => ({ ...link, arn: role.arn })),
      without: without
        .filter(({ role }) => role.name === "reports")
        .map(({ role, reason }) => [role.arn, reason]),
    };
  };
  const REPORTS = "arn:aws:iam::900000000002:role/reports";
  const REPORTS_LINK = {
    arn: REPORTS,
    displayName: "partner/reports",
    url: "https://signin.aws.amazon.com/switchrole?account=900000000002&roleName=reports&displayName=partner%2Freports",
    mfa: true,
    people: ["main/group Admins"],
  };

  test("has a link for those whom it trusts without an external ID", () => {
    expect(linksOf(ADMINS)).toEqual({ links: [REPORTS_LINK], without: [] });
    expect(linksOf(ADMINS, "alice")).toEqual({ links: [REPORTS_LINK], without: [] });
    expect(linksOf(ADMINS, "bob")).toEqual({ links: [], without: [] });
  });

  test.each([
    ["that demands an external ID", { ...ADMINS, externalId: "our-key" }, "external-id"],
    ["that trusts a machine's role", { account: "other", role: "ci" }, "not-people"],
  ])("%s has none, and the reason", (_, trust, reason) => {
    expect(linksOf(trust)).toEqual({ links: [], without: [[REPORTS, reason]] });
  });
});

describe("the links of a person or a group", () => {
  const roles = {
    admin: { accounts: ["client"], trusts: [ADMINS] },
    dev: {
      accounts: ["client"],
      trusts: [{ account: "main", group: "Developers" }, ADMINS],
    },
    own: { accounts: ["client"], trusts: [{ account: "main", user: "bob", mfa: false }] },
    keyed: { accounts: ["other"], trusts: [{ account: "main", user: "bob", externalId: "bobs" }] },
    whole: { accounts: ["client"], trusts: [{ account: "main" }] },
    machine: { accounts: ["client"], trusts: [{ service: "ec2.amazonaws.com" }] },
  };

  test.each([
    ["alice", ["admin", "dev"], []],
    ["bob", ["dev", "own"], ["keyed"]],
    ["j", [], []],
  ])("%s: the roles that trust the user or a group of his", (name, linked, left) => {
    const model = agency({ roles });
    const { links, without } = switchLinks(model, user(model, name));

    expect(links.map(({ role }) => role.name)).toEqual(linked);
    expect(without.map(({ role }) => role.name)).toEqual(left);
  });

  test("a group has the roles that trust it, and names itself alone", () => {
    const model = agency({ roles });
    const { links } = switchLinks(model, group(model, "Developers"));

    expect(links.map(({ role, people }) => [role.name, people])).toEqual([
      ["dev", ["main/group Developers"]],
    ]);
  });

  test("a group of the same name in another account is another group", () => {
    const model = agency({
      roles: { app: { accounts: ["client"], trusts: [{ account: "other", group: "Admins" }] } },
      identities: {
        main: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } },
        other: { groups: { Admins: {} } },
      },
    });

    expect(switchLinks(model, user(model, "alice")).links).toEqual([]);
  });
});
