import { nextCommands } from "../../src/cli/next-commands";
import { modelWithLock } from "../../src/model/rollout/with-lock";
import { modelOf, rolledOut } from "../model/deployed";

const LAMBDA = [{ service: "lambda.amazonaws.com" }];
const ROLES = { app: { accounts: ["a"], trusts: LAMBDA } };
const ROOT = { id: "100000000001", management: true };

/** Who runs each command but the confirmation. */
function runners(accounts: object, settings: object = {}, roles: object = ROLES) {
  return nextCommands(modelOf({ accounts, settings, roles }))
    .filter(({ command }) => command.startsWith("npx cdktf"))
    .map(({ as }) => as);
}

describe("an administrator deploys", () => {
  test("from the management account", () => {
    expect(runners({ a: "111122223333", root: ROOT })).toEqual([
      "as an administrator of the management account",
    ]);
  });

  test("from the management account, with the profiles that the accounts have", () => {
    expect(runners({ a: { id: "111122223333", profile: "a-admin" }, root: ROOT })).toEqual([
      "as an administrator of the management account, with the accounts' profiles",
    ]);
  });

  test("through the access roles where no account is the management account", () => {
    expect(runners({ a: "111122223333", b: "444455556666" })).toEqual([
      "as an administrator who may assume each account's OrganizationAccountAccessRole",
    ]);
    expect(runners({ a: "111122223333", b: { id: "444455556666", accessRole: "Gate" } })).toEqual([
      "as an administrator who may assume each account's OrganizationAccountAccessRole or Gate",
    ]);
  });

  test("by profiles alone where every account has one", () => {
    const accounts = { a: { id: "111122223333", profile: "a-admin" } };

    expect(runners(accounts)).toEqual(["as an administrator, with the accounts' profiles"]);
    expect(runners(accounts, { credentials: "environment" })).toEqual([
      "as an administrator who may assume each account's OrganizationAccountAccessRole",
    ]);
  });

  test("by profiles and access roles where only some accounts have a profile", () => {
    expect(runners({ a: { id: "111122223333", profile: "a-admin" }, b: "444455556666" })).toEqual([
      "as an administrator who may assume each account's OrganizationAccountAccessRole, with the accounts' profiles",
    ]);
  });
});

describe("with a bootstrap", () => {
  const deployer = (account: string) => ({
    bootstrap: { deployer: { account, role: "app" } },
  });

  test("the profile of an account that the step leaves alone is not spoken of", () => {
    const root = { ...ROOT, profile: "root-admin" };

    expect(runners({ a: "111122223333", root }, deployer("a"))).toEqual([
      "as an administrator of the management account",
      "as an administrator of a (OrganizationAccountAccessRole)",
    ]);
  });

  test("the hub's profile serves the state bucket", () => {
    const backend = {
      type: "s3",
      bucket: "acme-states",
      createBucket: "local",
      administrators: ["arn:aws:iam::100000000001:role/Admin"],
    };
    const accounts = {
      a: { id: "111122223333", profile: "a-admin", bootstrap: false },
      b: "444455556666",
      root: ROOT,
    };

    expect(runners(accounts, { ...deployer("a"), backend }).slice(0, 2)).toEqual([
      "as an administrator of the management account, with the accounts' profiles",
      "as an administrator of the management account",
    ]);
  });

  test("a hub that is the management account has no access role to name", () => {
    const roles = { app: { accounts: ["root"], trusts: LAMBDA } };

    expect(runners({ a: "111122223333", root: ROOT }, deployer("root"), roles)).toEqual([
      "as an administrator of the management account",
      "as an administrator of root",
    ]);
  });
});

test("an account that was taken out while it is deployed is pruned once its stacks are destroyed", () => {
  const before = rolledOut(
    modelOf({
      accounts: { a: "111122223333", b: "444455556666" },
      roles: { app: { accounts: ["*"], trusts: LAMBDA } },
    }),
  );
  const after = modelOf({ accounts: { a: "111122223333" }, roles: ROLES });

  expect(nextCommands(modelWithLock(after, before.lock)).map(({ command }) => command)).toEqual([
    "npx crosstrust confirm --prune",
  ]);
});
