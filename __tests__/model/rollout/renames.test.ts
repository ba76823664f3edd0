import type { Model } from "../../../src/model/model";
import { renames } from "../../../src/model/rollout/renames";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { modelOf, rolledOut } from "../deployed";
import { printed } from "../folder";
import { ACCOUNTS, type Change } from "../organization";

const CI = { accounts: ["shared"], trusts: [{ service: "ec2.amazonaws.com" }] };
const APP = { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] };
const BEFORE: Change = {
  accounts: ACCOUNTS,
  identities: { root: { users: { alice: {} } } },
  roles: {
    ci: CI,
    app: APP,
    ops: { accounts: ["client"], trusts: [{ account: "root", user: "alice" }] },
  },
};
const DONE = rolledOut(modelOf(BEFORE));

/** What is said when the files change after the rollout. */
function said(change: Change): readonly string[] {
  return printed(renames(changed(change))).map((line) =>
    line.replace(/^(warning: ).*?\d+:\d+ /, "$1"),
  );
}

function changed(change: Change): Model {
  return modelWithLock(modelOf({ ...BEFORE, ...change }), DONE.lock);
}

test("nothing is said while nothing is renamed", () => {
  expect(said({})).toEqual([]);
});

test("a renamed account is told with what its new stack would do", () => {
  const { client, ...others } = ACCOUNTS;
  const app = { ...APP, accounts: ["customer"] };

  expect(said({ accounts: { customer: client, ...others }, roles: { ci: CI, app } })).toEqual([
    'warning: accounts.customer: expected the name "client", under which account 111122223333 is deployed, found "customer": its stack starts with an empty state and would make everything again, which AWS refuses, do: write "client" again, or move the states of client and client-bootstrap to the new names first (docs/commands.md, "Renaming")',
  ]);
});

test("an account that is gone is no rename", () => {
  const { shared, root } = ACCOUNTS;

  expect(said({ accounts: { shared, root }, roles: { ci: CI } })).toEqual([]);
});

test("a renamed trusted role is told with the stacks to deploy", () => {
  const roles = { ...rolesOf(), ci: { ...CI, name: "build" } };

  expect(said({ roles })).toEqual([
    "warning: roles.ci: expected arn:aws:iam::444455556666:role/ci, which is deployed, found arn:aws:iam::444455556666:role/build in its place: if that is a rename, deploying shared replaces the role; it gets another unique ID, and nothing that trusts or assumes the old one knows it, do: keep the old name and path, or deploy shared, client, confirm, and deploy client to tighten again",
  ]);
});

test("a new path replaces a role as a new name does", () => {
  const roles = { ...rolesOf(), ci: { ...CI, path: "/build/" } };

  expect(said({ roles })).toEqual([
    expect.stringContaining("arn:aws:iam::444455556666:role/build/ci in its place"),
  ]);
});

test("a renamed trusting role is told with its stack", () => {
  const roles = { ...rolesOf(), app: { ...APP, name: "application" } };

  expect(said({ roles })).toEqual([
    "warning: roles.app: expected arn:aws:iam::111122223333:role/app, which is deployed, found arn:aws:iam::111122223333:role/application in its place: if that is a rename, deploying client replaces the role; it gets another unique ID, and nothing that trusts or assumes the old one knows it, do: keep the old name and path, or deploy client",
  ]);
});

test("a renamed user keeps its unique id, which is said", () => {
  const identities = { root: { users: { alicia: {} } } };
  const roles = {
    ...rolesOf(),
    ops: { accounts: ["client"], trusts: [{ account: "root", user: "alicia" }] },
  };

  expect(said({ identities, roles })).toEqual([
    "warning: identities.root.users.alicia: expected arn:aws:iam::100000000001:user/alice, which is deployed, found arn:aws:iam::100000000001:user/alicia in its place: if that is a rename, the user keeps its unique ID, but what trusts it waits until the new ARN is confirmed, do: keep the old name and path, or deploy root, client, confirm, and deploy client to tighten again",
  ]);
});

test("trusting another role instead is no rename while the first is still there", () => {
  const roles = {
    ...rolesOf(),
    cd: CI,
    app: { ...APP, trusts: [{ account: "shared", role: "cd" }] },
  };

  expect(said({ roles })).toEqual([]);
});

test("a new user beside the old one is no rename", () => {
  const identities = { root: { users: { alice: {}, alicia: {} } } };
  const trusts = [
    { account: "root", user: "alice" },
    { account: "root", user: "alicia" },
  ];

  expect(
    said({ identities, roles: { ...rolesOf(), ops: { accounts: ["client"], trusts } } }),
  ).toEqual([]);
});

test("of several new roles the one is named that is spelled most like the old one", () => {
  const roles = {
    ...rolesOf(),
    app: {
      ...APP,
      trusts: [
        { account: "shared", role: "ci" },
        { account: "shared", role: "warehouse" },
      ],
    },
    ci: { ...CI, name: "cicd" },
    warehouse: CI,
  };

  expect(said({ roles })).toEqual([expect.stringContaining("role/cicd in its place")]);
});

function rolesOf(): Readonly<Record<string, object>> {
  return {
    ci: CI,
    app: APP,
    ops: { accounts: ["client"], trusts: [{ account: "root", user: "alice" }] },
  };
}
