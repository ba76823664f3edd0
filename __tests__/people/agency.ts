import type { Model } from "../../src/model/model";
import { trustedPermissionSets, userIdentity, type Identity } from "../../src/people/identity";
import { printed, readFiles } from "../model/folder";
import { EMPTY_LOCK_FILE } from "../model/organization";

/** An agency, one of its clients and a vendor; `roles` and more of the file are the test's. */
export function agency(file: object): Model {
  const { model, problems } = readFiles({
    "trust.lock.json": EMPTY_LOCK_FILE,
    "accounts.json": { ...AGENCY, ...file },
  });
  expect(printed(problems.filter(({ severity }) => severity === "error"))).toEqual([]);
  if (model === undefined) throw new Error("no model");
  return model;
}

const AGENCY = {
  settings: { region: "eu-west-1" },
  accounts: {
    main: { id: "100000000001", management: true },
    client: { id: "111122223333", region: "us-east-1" },
    other: { id: "444455556666" },
    vendor: { id: "900000000001", external: true },
    partner: { id: "900000000002", external: true },
  },
  identities: {
    main: {
      users: { alice: {}, bob: { mfaDevice: "bobs-phone" }, j: {} },
      groups: { Admins: { users: ["alice"] }, Developers: { users: ["alice", "bob"] } },
    },
  },
};

/** A user of the account main. */
export function user(model: Model, name: string): Identity {
  const found = model.users.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no user ${name}`);
  return userIdentity(model, found);
}

/** A group of the account main. */
export function group(model: Model, name: string): Identity {
  const found = model.groups.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no group ${name}`);
  return { kind: "group", group: found };
}

/** A role that exists in one account. */
export function role(model: Model, key: string): Identity {
  const found = model.roles.find((each) => each.key === key);
  if (found === undefined) throw new Error(`no role ${key}`);
  return { kind: "role", role: found };
}

/** Those who sign in to the account main with a permission set. */
export function permissionSet(model: Model, name: string): Identity {
  const found = trustedPermissionSets(model).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no permission set ${name}`);
  return { kind: "permission-set", signedIn: found };
}

/** A trust in the group Admins, with MFA. */
export const ADMINS = { account: "main", group: "Admins" };
