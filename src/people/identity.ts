import { isAccountsTrust, isPrincipalTrust, type AccountsTrust } from "../trust/trust";
import { principalName } from "../iam/principal-name";
import { permissionSetRolePatterns } from "../iam/permission-set-role";
import type { Account, Group, Model, Role, User } from "../model/model";

/** Those who sign in to an account with an Identity Center permission set. */
export interface SignedIn {
  readonly account: Account;
  /** The permission set's. */
  readonly name: string;
}

/** Whose way into roles is asked for: a person, a group of people, or a machine's role. */
export type Identity =
  | { readonly kind: "permission-set"; readonly signedIn: SignedIn }
  | { readonly kind: "user"; readonly user: User; readonly groups: readonly Group[] }
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "role"; readonly role: Role };

/** A user with the groups that he is in. */
export function userIdentity(model: Model, user: User): Identity {
  const groups = model.groups.filter(
    ({ account, users }) => account === user.account && users.includes(user.name),
  );
  return { kind: "user", user, groups };
}

/** The permission sets that roles trust, each in the accounts where they trust it. */
export function trustedPermissionSets({ accounts, roles }: Model): readonly SignedIn[] {
  const sets = new Map<string, SignedIn>();
  for (const trust of roles.flatMap(({ trusts }) => trusts)) {
    if (trust.kind !== "permission-set") continue;
    const account = accounts.find(({ id }) => id === trust.accountId);
    if (account === undefined) continue;
    sets.set(`${account.name}/${trust.permissionSet}`, { account, name: trust.permissionSet });
  }
  return [...sets.values()];
}

/** `account/name`, as everywhere in the project. */
export function identityName(identity: Identity): string {
  const { account, name } = subject(identity);
  return identity.kind === "permission-set"
    ? principalName(account.name, "permission set", name)
    : `${account.name}/${name}`;
}

/** The ARN of the identity: a group's as IAM writes it, a permission set's a pattern of its role's. */
export function identityArn(identity: Identity): string {
  if (identity.kind === "permission-set") {
    const { account, name } = identity.signedIn;
    const { partition, id: accountId } = account;
    return permissionSetRolePatterns({ partition, accountId, permissionSet: name })[0];
  }
  if (identity.kind === "user") return identity.user.arn;
  if (identity.kind === "role") return identity.role.arn;
  const { account, path, name } = identity.group;
  return `arn:${account.partition}:iam::${account.id}:group${path}${name}`;
}

/** What of the identity has an account and a name. */
export function subject(identity: Identity): User | Group | Role | SignedIn {
  switch (identity.kind) {
    case "permission-set":
      return identity.signedIn;
    case "user":
      return identity.user;
    case "group":
      return identity.group;
    case "role":
      return identity.role;
  }
}

/**
 * The trusts of a role that name the identity, a user's groups included. A trust in a whole account
 * names nobody: the account's own policies decide, so it is left out.
 */
export function trustsNaming(
  role: Pick<Role, "trusts">,
  identity: Identity,
): readonly AccountsTrust[] {
  return role.trusts.filter(isAccountsTrust).filter((trust) => {
    if (isPrincipalTrust(trust)) {
      return trust.principalArn === identityArn(identity);
    }
    const isNamed = (named: string) => (of: Group | SignedIn) =>
      of.account.id === trust.accountId && of.name === named;
    switch (trust.kind) {
      case "account":
        return false;
      case "permission-set":
        return (
          identity.kind === "permission-set" && isNamed(trust.permissionSet)(identity.signedIn)
        );
      case "group":
        return groupsOf(identity).some(isNamed(trust.groupName));
    }
  });
}

function groupsOf(identity: Identity): readonly Group[] {
  if (identity.kind === "user") return identity.groups;
  return identity.kind === "group" ? [identity.group] : [];
}
