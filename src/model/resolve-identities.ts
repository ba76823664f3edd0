import { userArn } from "../iam/arn";
import type { AccountsFile } from "./accounts-file";
import type { Entry } from "./entry";
import type { Account, Group, User } from "./model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { IdentitiesInput } from "./schema/identities";
import type { AccountIndex } from "./selector";
import { closestTo } from "../source/closest";

/** A user or group before it is known which roles trust it. */
export type IdentityInstance<T> = Omit<T, "mayAssume" | "trusted">;

/** Users and groups of `identities`, found by account and name. */
export class IdentityIndex {
  private readonly users = new Map<string, IdentityInstance<User>>();
  private readonly groups = new Map<string, IdentityInstance<Group>>();

  constructor(
    readonly allUsers: readonly IdentityInstance<User>[],
    readonly allGroups: readonly IdentityInstance<Group>[],
  ) {
    for (const user of allUsers) this.users.set(identityKey(user.account, user.name), user);
    for (const group of allGroups) this.groups.set(identityKey(group.account, group.name), group);
  }

  tryFindUser(account: Account, name: string): IdentityInstance<User> | undefined {
    return this.users.get(identityKey(account, name));
  }

  tryFindGroup(account: Account, name: string): IdentityInstance<Group> | undefined {
    return this.groups.get(identityKey(account, name));
  }

  /** Names of the account's users or groups. */
  namesIn(account: Account, kind: "user" | "group"): readonly string[] {
    const all = kind === "user" ? this.allUsers : this.allGroups;
    return all.filter((identity) => identity.account === account).map(({ name }) => name);
  }
}

/** Unique among all users, or all groups: account names hold no slash. */
export function identityKey(account: Account, name: string): string {
  return `${account.name}/${name}`;
}

/** The users and groups of `identities`. */
export function resolveIdentities(
  file: AccountsFile,
  index: AccountIndex,
  problems: ProblemList,
): IdentityIndex {
  const users: IdentityInstance<User>[] = [];
  const groups: IdentityInstance<Group>[] = [];
  for (const entry of file.identities) {
    const account = identityAccount(entry, index, problems);
    if (account?.stack === undefined) continue;
    const { stack } = account;
    for (const [name, user] of Object.entries(entry.value.users ?? {})) {
      const path = user.path ?? "/";
      users.push({
        account,
        stack,
        name,
        path,
        arn: userArn(account.partition, account.id, path, name),
        ownership: user.import === true ? "imported" : "defined",
        location: entry.at(["users", name], "key"),
      });
    }
    for (const [name, group] of Object.entries(entry.value.groups ?? {})) {
      reportUnknownMembers(entry, name, problems);
      groups.push({
        account,
        stack,
        name,
        path: group.path ?? "/",
        users: [...new Set(group.users ?? [])],
        ownership: group.import === true ? "imported" : "defined",
        location: entry.at(["groups", name], "key"),
      });
    }
  }
  return new IdentityIndex(users, groups);
}

function identityAccount(
  entry: Entry<IdentitiesInput>,
  index: AccountIndex,
  problems: ProblemList,
): Account | undefined {
  const account = index.tryFind(entry.name);
  if (account === undefined) {
    const closest = index.closestName(entry.name);
    problems.error(placeOf(entry, [], "key"), {
      expected: "the name of an account",
      found: `${JSON.stringify(entry.name)}, which is not in accounts`,
      remedy: closest === undefined ? "add the account" : `write ${JSON.stringify(closest)}`,
    });
  } else if (account.kind === "external") {
    problems.error(placeOf(entry, [], "key"), {
      expected: "an account that is ours",
      found: `${JSON.stringify(entry.name)}, an external account`,
      remedy: "take it out: its users and groups are made by its owner",
    });
  } else if (account.kind === "planned") {
    problems.warning(placeOf(entry, [], "key"), {
      expected: "an account with an id",
      found: `${JSON.stringify(entry.name)}, a planned account: its users and groups are not defined yet`,
      remedy: "give the account its id once it exists",
    });
  }
  return account;
}

function reportUnknownMembers(
  entry: Entry<IdentitiesInput>,
  groupName: string,
  problems: ProblemList,
): void {
  const users = entry.value.users ?? {};
  (entry.value.groups?.[groupName].users ?? []).forEach((member, position) => {
    if (Object.hasOwn(users, member)) return;
    const closest = closestTo(member, Object.keys(users));
    problems.error(placeOf(entry, ["groups", groupName, "users", position]), {
      expected: `a user of identities.${entry.name}.users`,
      found: JSON.stringify(member),
      remedy:
        closest === undefined
          ? "add the user there, or take the member out"
          : `write ${JSON.stringify(closest)} if that is meant, or add the user there`,
    });
  });
}
