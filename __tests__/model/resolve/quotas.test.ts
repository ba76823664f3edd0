import fc from "fast-check";
import { largestTrustPolicySize } from "../../../src/trust/trust-policy-size";
import { printed, readFiles } from "../folder";
import { ACCOUNTS, filesOf, type Change } from "../organization";

/** So many accounts, and a role in each that trusts the same identity. */
function trustingAccounts(count: number, trust: object): Change {
  const names = Array.from({ length: count }, (_, number) => `member-${number}`);
  const ids = names.map((_, number) => String(200_000_000_000 + number));
  return {
    accounts: {
      ...ACCOUNTS,
      ...Object.fromEntries(
        names.map((name, number) => [name, { id: ids[number], ou: "members" }]),
      ),
    },
    identities: { root: { users: { alice: {} }, groups: { Admins: { users: ["alice"] } } } },
    roles: {
      ci: { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] },
      "role-to-be-assumed": { accounts: ["ou:members"], trusts: [trust] },
    },
  };
}

/** What is said, without the place. */
function said(change: Change): readonly string[] {
  return printed(readFiles(filesOf(change)).problems).map((line) =>
    line.replace(/accounts\.json:\d+:\d+ /, ""),
  );
}

describe("a trust policy over its quota", () => {
  const many = (count: number) => ({
    oidc: {
      issuer: "https://token.actions.githubusercontent.com",
      audience: "sts.amazonaws.com",
      subject: Array.from({ length: count }, (_, number) => `repo:acme/repository-${number}:*`),
    },
  });

  test("is an error that says how large it is and what may be done", () => {
    expect(said({ trust: many(80) })).toEqual([
      "roles.app: expected a trust policy of at most 2048 characters in account client, at every stage, found 2584 characters with one trust, do: trust fewer principals, split the role, or have AWS raise the quota and write accounts.client.quotas.trustPolicy (at most 8192)",
    ]);
  });

  test("fits where AWS has raised the quota", () => {
    const client = { ...ACCOUNTS.client, quotas: { trustPolicy: 4096 } };

    expect(said({ accounts: { ...ACCOUNTS, client }, trust: many(80) })).toEqual([]);
  });

  test("is counted at its largest: at a later stage it may be longer than now", () => {
    const roles = Object.fromEntries(
      Array.from({ length: 24 }, (_, number) => [
        `role-with-a-long-name-${number}`,
        { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] },
      ]),
    );
    const trusts = Object.keys(roles).map((role) => ({
      account: "shared",
      role,
      tighten: "unique-id",
    }));

    expect(said({ roles: { ...roles, app: { accounts: ["client"], trusts } } })).toEqual([
      expect.stringMatching(/found \d+ characters with 24 trusts/),
    ]);
  });
});

describe("what is on a group over IAM's quotas", () => {
  const group = (options: object): Change => ({
    identities: { root: { groups: { Admins: options } } },
  });
  const managedPolicies = (count: number) =>
    Array.from({ length: count }, (_, number) => `arn:aws:iam::100000000001:policy/p${number}`);
  const statements = (length: number) => [
    { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${"a".repeat(length)}` },
  ];

  test("more than 10 managed policies are an error", () => {
    expect(said(group({ managedPolicies: managedPolicies(10) }))).toEqual([]);
    expect(said(group({ managedPolicies: managedPolicies(11) }))).toEqual([
      "identities.root.groups.Admins: expected at most 10 managed policies on a group, found 11, do: attach fewer, or split the group",
    ]);
  });

  test("statements of more than 5120 characters are an error", () => {
    expect(said(group({ statements: statements(4_900) }))).toEqual([]);
    expect(said(group({ statements: statements(5_200) }))).toEqual([
      expect.stringMatching(
        /^identities\.root\.groups\.Admins: expected statements of at most 5120 characters \(a group's inline policies together\), found 53\d\d characters, do: move some of them into managed policies, or split the group$/,
      ),
    ]);
  });

  test("the policy of selfManagedMfa counts with the statements", () => {
    expect(said(group({ statements: statements(4_900), selfManagedMfa: true }))).toEqual([
      expect.stringContaining("expected statements of at most 5120 characters"),
    ]);
  });
});

test("a trust policy is refused exactly when it can come over its quota", () => {
  const text = fc.stringMatching(/^[a-z]{1,60}$/);
  const subject = text.map((name) => `repo:acme/${name}:ref:refs/heads/main`);
  const oidc = fc.record({
    issuer: fc.constant("https://token.actions.githubusercontent.com"),
    audience: text,
    subject: fc.array(subject, { minLength: 1, maxLength: 30 }),
  });
  const external = fc.record({
    account: fc.constant("vendor"),
    role: text,
    path: text.map((name) => `/${name}/`),
    externalId: fc.stringMatching(/^[a-z]{2,700}$/),
    tighten: fc.constantFrom("role", "unique-id", "principal-arn", "never"),
  });
  const trust = fc.oneof(
    oidc.map((each) => ({ oidc: each })),
    external,
    fc.record({ service: text.map((name) => `${name}.amazonaws.com`) }),
  );
  const key = (each: object): string => ("role" in each ? `${each.role}` : JSON.stringify(each));
  const trusts = fc.uniqueArray(trust, { minLength: 1, maxLength: 6, selector: key });
  fc.assert(
    fc.property(trusts, (written) => {
      const { model, problems } = readFiles(filesOf({ role: { trusts: written } }));
      const app = model?.roles.find(({ key: role }) => role === "app")?.trusts ?? [];
      const isOver = largestTrustPolicySize(app) > 2048;

      expect(problems.length).toBe(isOver ? 1 : 0);
    }),
    { numRuns: 200 },
  );
});

describe("a group that may assume", () => {
  const group = { account: "root", group: "Admins" };

  test("a few roles has nothing to say", () => {
    expect(said(trustingAccounts(40, group))).toEqual([]);
  });

  test("more roles than its policies hold is told the ways out", () => {
    expect(said(trustingAccounts(1_250, group))).toEqual([
      expect.stringMatching(
        /^identities\.root\.groups\.Admins: expected at most 1,?\d\d\d roles that group Admins in account root may assume: more ARNs do not fit its policies, found 1250 roles, do: split the group \(a user may be in 10\), or let its members assume one role per account$/,
      ),
    ]);
  });

  test("nearly as many is warned how many more fit", () => {
    expect(said(trustingAccounts(1_150, group))).toEqual([
      expect.stringMatching(
        /^warning: identities\.root\.groups\.Admins: expected room for more roles that group Admins in account root may assume, found 1150 roles; about \d+ more fit, do: split the group/,
      ),
    ]);
  });
});

test("a user that may assume more roles than its inline policy holds gets managed policies", () => {
  expect(said(trustingAccounts(100, { account: "root", user: "alice" }))).toEqual([]);
});

test("a user over its quota is told to use a group or a role", () => {
  expect(said(trustingAccounts(1_250, { account: "root", user: "alice" }))).toEqual([
    expect.stringMatching(
      /^identities\.root\.users\.alice: .* found 1250 roles, do: put the user into a group/,
    ),
  ]);
});

test("a role has the room that its own policies and its account's quota leave", () => {
  const change = trustingAccounts(700, { account: "shared", role: "ci" });
  const managed = ["ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit", "Billing", "SupportUser"];
  const ci = { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] };
  const roles = (managedPolicies: readonly string[]) => ({
    ...Object(change.roles),
    ci: { ...ci, managedPolicies },
  });

  expect(said({ ...change, roles: roles([]) })).toEqual([]);
  expect(said({ ...change, roles: roles(managed) })).toEqual([
    expect.stringMatching(
      /^roles\.ci: expected at most \d+ roles that role ci in account shared may assume: .* found 700 roles, do: split the role over several, attach fewer managed policies, or have AWS raise quotas\.managedPoliciesPerRole$/,
    ),
  ]);
  const shared = { id: "444455556666", quotas: { managedPoliciesPerRole: 15 } };
  const accounts = { ...Object(change.accounts), shared };
  expect(said({ ...change, accounts, roles: roles(managed) })).toEqual([]);
});
