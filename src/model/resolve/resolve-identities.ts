import { userArn } from "../../iam/arn";
import type { AccountsFile } from "../file/accounts-file";
import type { Entry } from "../file/entry";
import { quote, showValue } from "../../source/show-value";
import type { Statement } from "../../iam/policy-document";
import type { Account, Group, User } from "../model";
import { checkPlaceholders, fillPlaceholders } from "./fill-placeholders";
import { checkPolicyAccounts, resolveManagedPolicies } from "./resolve-managed-policies";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { IdentitiesInput } from "../file/schema/identities";
import type { AccountIndex } from "./selector";
import { closestTo } from "../../source/closest";

/** A user or group before it is known which roles trust it. */
export type IdentityInstance<T> = Omit<
  T,
  "mayAssume" | "sessionPermissions" | "mayUse" | "trusted"
>;

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
    reportNamesAlike(entry, "users", problems);
    reportNamesAlike(entry, "groups", problems);
    for (const [name, user] of Object.entries(entry.value.users ?? {})) {
      const path = user.path ?? "/";
      users.push({
        account,
        stack,
        name,
        path,
        arn: userArn(account.partition, account.id, path, name),
        ownership: user.import === true ? "imported" : "defined",
        mfaDevice: user.mfaDevice ?? name,
        location: entry.at(["users", name], "key"),
      });
    }
    for (const [name, group] of Object.entries(entry.value.groups ?? {})) {
      if (entry.leftOut.size === 0) reportUnknownMembers(entry, name, problems);
      groups.push({
        account,
        stack,
        name,
        path: group.path ?? "/",
        users: [...new Set(group.users ?? [])],
        managedPolicyArns: groupPolicies(file, entry, name, account, problems),
        statements: groupStatements(entry, name, account, problems),
        selfManagedMfa: group.selfManagedMfa ?? false,
        ownership: group.import === true ? "imported" : "defined",
        location: entry.at(["groups", name], "key"),
      });
    }
  }
  return new IdentityIndex(users, groups);
}

function groupPolicies(
  { settings }: AccountsFile,
  entry: Entry<IdentitiesInput>,
  name: string,
  account: Account,
  problems: ProblemList,
): readonly string[] {
  const arns = resolveManagedPolicies(
    settings.leftOut.has("partition") ? undefined : account.partition,
    entry.value.groups?.[name].managedPolicies ?? [],
    (position) => placeOf(entry, ["groups", name, "managedPolicies", position]),
    problems,
  );
  const place = placeOf(entry, ["groups", name, "managedPolicies"]);
  checkPolicyAccounts(arns, [account], place, problems);
  return arns;
}

function groupStatements(
  entry: Entry<IdentitiesInput>,
  name: string,
  account: Account,
  problems: ProblemList,
): readonly Statement[] {
  const statements = entry.value.groups?.[name].statements ?? [];
  statements.forEach((statement, position) => {
    const place = placeOf(entry, ["groups", name, "statements", position]);
    checkPlaceholders(statement, place, problems);
  });
  return fillPlaceholders(statements, account);
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
      found: `${showValue(entry.name)}, which is not in accounts`,
      remedy:
        closest === undefined
          ? "add the account, or correct the name"
          : `write ${quote(closest)} if that is meant, or add the account`,
    });
  } else if (account.kind === "external") {
    problems.error(placeOf(entry, [], "key"), {
      expected: "an account that is ours",
      found: `${showValue(entry.name)}, an external account`,
      remedy: "take it out: its users and groups are made by its owner",
    });
  } else if (account.kind === "planned") {
    problems.warning(placeOf(entry, [], "key"), {
      expected: "an account with an id",
      found: `${showValue(entry.name)}, a planned account: its users and groups are not defined yet`,
      remedy: "give the account its id once it exists",
    });
  }
  return account;
}

/** IAM's names are unique in an account, upper and lower case alike. */
function reportNamesAlike(
  entry: Entry<IdentitiesInput>,
  kind: "users" | "groups",
  problems: ProblemList,
): void {
  const seen = new Map<string, string>();
  for (const name of Object.keys(entry.value[kind] ?? {})) {
    const other = seen.get(name.toLowerCase());
    if (other === undefined) {
      seen.set(name.toLowerCase(), name);
      continue;
    }
    problems.error(placeOf(entry, [kind, name], "key"), {
      expected: `${kind} whose names differ by more than case`,
      found: `${showValue(name)} beside ${showValue(other)}: IAM does not tell upper from lower case`,
      remedy: "rename or remove one of the two",
    });
  }
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
      found: showValue(member),
      remedy:
        closest === undefined
          ? "add the user there, or take the member out"
          : `write ${quote(closest)} if that is meant, or add the user there`,
    });
  });
}
