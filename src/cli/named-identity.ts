import type { Account, Model } from "../model/model";
import { trustedPermissionSets, userIdentity, type Identity } from "../people/identity";
import { closestTo } from "../source/closest";
import { UsageError } from "./exit-code";

/** Options that name whose way into roles is asked for; at most one of them is given. */
export interface IdentityOptions {
  readonly user?: string;
  readonly group?: string;
  readonly role?: string;
  readonly permissionSet?: string;
}

/**
 * The user, group, role or permission set that an option names, by its name or as `account/name`;
 * undefined where there is no such option. A role is named by its key or its name.
 *
 * Throws a UsageError when nothing of that name is there, or several are.
 */
export function namedIdentity(model: Model, options: IdentityOptions): Identity | undefined {
  if (options.user !== undefined) {
    return userIdentity(model, only("user", options.user, model.users));
  }
  if (options.group !== undefined) {
    return { kind: "group", group: only("group", options.group, model.groups) };
  }
  if (options.role !== undefined) {
    return { kind: "role", role: only("role", options.role, rolesByName(model)) };
  }
  if (options.permissionSet !== undefined) {
    const all = trustedPermissionSets(model);
    return {
      kind: "permission-set",
      signedIn: only("permission-set", options.permissionSet, all),
    };
  }
  return undefined;
}

/** Where accounts.json has them. */
const LISTED = {
  user: "identities there lists them",
  group: "identities there lists them",
  role: "roles there lists them",
  "permission-set": "trusts with permissionSet name them",
} as const;

interface Named {
  readonly account: Account;
  readonly name: string;
}

function rolesByName({ roles }: Model) {
  return roles.filter(({ key }) => key !== undefined);
}

function only<T extends Named & { readonly key?: string }>(
  kind: keyof typeof LISTED,
  text: string,
  all: readonly T[],
): T {
  const found = all.filter((each) => namesOf(each).includes(text));
  if (found.length === 1) return found[0];
  const full = found.map(({ account, name }) => `${account.name}/${name}`);
  const closest = closestTo(text, all.flatMap(namesOf));
  throw new UsageError(
    found.length > 1
      ? `expected --${kind} to name one ${kind}, found ${text}, which is in several accounts; write one of ${full.join(", ")}`
      : `expected --${kind} to name a ${kind.replace("-", " ")} of accounts.json, found ${text}; ${
          closest === undefined ? LISTED[kind] : `write ${closest} if that is meant`
        }`,
  );
}

function namesOf({ account, name, key }: Named & { readonly key?: string }): readonly string[] {
  const names = key === undefined ? [name] : [...new Set([name, key])];
  return [...names, ...names.map((each) => `${account.name}/${each}`)];
}
