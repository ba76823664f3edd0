import type { StackJson } from "../constructs/stack-json";
import { modelOf, synthesize } from "./organization";

const ACCOUNTS = {
  root: { id: "100000000001", management: true, profile: "root-admin" },
  hub: { id: "100000000002" },
  member: { id: "100000000003", region: "us-west-2", profile: "member-admin", accessRole: "Admin" },
} as const;

const ROLES = {
  deployer: { accounts: ["hub"], trusts: [{ service: "ec2.amazonaws.com" }] },
} as const;

const BOOTSTRAP = { deployer: { account: "hub", role: "deployer" } } as const;

function providers(
  settings: Readonly<Record<string, unknown>>,
  accounts: Readonly<Record<string, unknown>> = ACCOUNTS,
): Readonly<Record<string, unknown>> {
  const stacks = synthesize(
    modelOf({ settings: { region: "eu-west-1", ...settings }, accounts, roles: ROLES }),
  );
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { provider }]: [string, StackJson]) => {
      expect(Object.keys(provider)).toEqual(["aws"]);
      expect(provider.aws).toHaveLength(1);
      return [name, provider.aws[0]];
    }),
  );
}

const TAGS = [{ tags: { "managed-by": "crosstrust" } }];

function assumeRole(roleArn: string) {
  return { assume_role: [{ role_arn: roleArn, session_name: "crosstrust" }] };
}

const ROOT = { allowed_account_ids: ["100000000001"], region: "eu-west-1", default_tags: TAGS };
const HUB = { allowed_account_ids: ["100000000002"], region: "eu-west-1", default_tags: TAGS };
const MEMBER = { allowed_account_ids: ["100000000003"], region: "us-west-2", default_tags: TAGS };

test("without a bootstrap each stack is deployed by profile, else through the access role", () => {
  expect(providers({})).toEqual({
    root: { ...ROOT, profile: "root-admin" },
    hub: { ...HUB, ...assumeRole("arn:aws:iam::100000000002:role/OrganizationAccountAccessRole") },
    member: { ...MEMBER, profile: "member-admin" },
  });
});

test("with a bootstrap the account's stack goes through the execution role, a profile serves the bootstrap stack", () => {
  expect(providers({ bootstrap: BOOTSTRAP })).toEqual({
    root: { ...ROOT, profile: "root-admin" },
    "hub-bootstrap": {
      ...HUB,
      ...assumeRole("arn:aws:iam::100000000002:role/OrganizationAccountAccessRole"),
    },
    hub: { ...HUB, ...assumeRole("arn:aws:iam::100000000002:role/crosstrust-execution") },
    "member-bootstrap": { ...MEMBER, profile: "member-admin" },
    member: { ...MEMBER, ...assumeRole("arn:aws:iam::100000000003:role/crosstrust-execution") },
  });
});

test("with credentials of the environment no profile is written: access roles, and nothing for the management account", () => {
  expect(providers({ bootstrap: BOOTSTRAP, credentials: "environment" })).toEqual({
    root: ROOT,
    "hub-bootstrap": {
      ...HUB,
      ...assumeRole("arn:aws:iam::100000000002:role/OrganizationAccountAccessRole"),
    },
    hub: { ...HUB, ...assumeRole("arn:aws:iam::100000000002:role/crosstrust-execution") },
    "member-bootstrap": { ...MEMBER, ...assumeRole("arn:aws:iam::100000000003:role/Admin") },
    member: { ...MEMBER, ...assumeRole("arn:aws:iam::100000000003:role/crosstrust-execution") },
  });
});

test("the cloud backend never writes a profile: its runs have none", () => {
  const all = providers({ backend: { type: "cloud", organization: "acme" } });
  expect(all.root).toEqual(ROOT);
  expect(all.member).toEqual({
    ...MEMBER,
    ...assumeRole("arn:aws:iam::100000000003:role/Admin"),
  });
});

test("a management account with a bootstrap of its own is deployed like any other", () => {
  const all = providers(
    { bootstrap: BOOTSTRAP },
    { ...ACCOUNTS, root: { id: "100000000001", management: true, bootstrap: true } },
  );
  expect(all["root-bootstrap"]).toEqual(ROOT);
  expect(all.root).toEqual({
    ...ROOT,
    ...assumeRole("arn:aws:iam::100000000001:role/crosstrust-execution"),
  });
});

test("an account that opts out of the bootstrap has one stack, deployed by its administrator", () => {
  const all = providers(
    { bootstrap: BOOTSTRAP },
    { ...ACCOUNTS, member: { id: "100000000003", region: "us-west-2", bootstrap: false } },
  );
  expect(all).not.toHaveProperty("member-bootstrap");
  expect(all.member).toEqual({
    ...MEMBER,
    ...assumeRole("arn:aws:iam::100000000003:role/OrganizationAccountAccessRole"),
  });
});

test("the execution role's own name and partition are those of the settings", () => {
  const all = providers(
    {
      partition: "aws-us-gov",
      region: "us-gov-west-1",
      bootstrap: { ...BOOTSTRAP, executionRole: "terraform" },
    },
    { hub: ACCOUNTS.hub },
  );
  expect(all.hub).toMatchObject({
    region: "us-gov-west-1",
    ...assumeRole("arn:aws-us-gov:iam::100000000002:role/terraform"),
  });
});

test("tags of the settings stand in place of the project's own", () => {
  expect(providers({ tags: { team: "platform" } }).hub).toEqual({
    ...HUB,
    ...assumeRole("arn:aws:iam::100000000002:role/OrganizationAccountAccessRole"),
    default_tags: [{ tags: { team: "platform" } }],
  });
});

test("tags are texts, and nothing in them is an expression of Terraform's", () => {
  const tags = { "${path.root}": '%{if true}x%{endif} ${file("/etc/hostname")}' };
  expect(providers({ tags }).hub).toMatchObject({
    default_tags: [
      { tags: { "$${path.root}": '%%{if true}x%%{endif} $${file("/etc/hostname")}' } },
    ],
  });
});
