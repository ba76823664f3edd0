import { isAccountsTrust, isPrincipalTrust, type AccountsTrust } from "../trust/trust";
import type { Group, Model, Role, User } from "../model/model";

/** Whose way into roles is asked for: a person, a group of people, or a machine's role. */
export type Identity =
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

/** `account/name`, as everywhere in the project. */
export function identityName(identity: Identity): string {
  const { account, name } = subject(identity);
  return `${account.name}/${name}`;
}

/** The ARN of the identity; a group's as IAM writes it. */
export function identityArn(identity: Identity): string {
  if (identity.kind === "user") return identity.user.arn;
  if (identity.kind === "role") return identity.role.arn;
  const { account, path, name } = identity.group;
  return `arn:${account.partition}:iam::${account.id}:group${path}${name}`;
}

/** What of the identity has an account and a name. */
export function subject(identity: Identity): User | Group | Role {
  switch (identity.kind) {
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
      return identity.kind !== "group" && trust.principalArn === identityArn(identity);
    }
    if (trust.kind !== "group" || identity.kind === "role") return false;
    const groups = identity.kind === "user" ? identity.groups : [identity.group];
    return groups.some(
      ({ account, name }) => account.id === trust.accountId && name === trust.groupName,
    );
  });
}
