import { sharedArn } from "../../sharing/shared-arn";
import type { Model } from "../../model/model";

/** What people call things that an estate knows by ARN: from the accounts file, where there is one. */
export interface KnownNames {
  /** Account ID to name; external accounts too. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Account ID to organization ID; external accounts too. */
  readonly organizations: ReadonlyMap<string, string>;
  /** A key of `roles` to the ARNs of its roles, one in each account. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
  /** A key of `sharing` to the ARNs by which its resources are known, one in each Region. */
  readonly sharing: ReadonlyMap<string, readonly string[]>;
}

/** Of an estate without an accounts file: accounts go by their IDs. */
export const NO_NAMES: KnownNames = {
  accounts: new Map(),
  organizations: new Map(),
  roles: new Map(),
  sharing: new Map(),
};

/** The names of an accounts file. */
export function knownNames({ accounts, roles, sharing }: Model): KnownNames {
  const organizations = accounts.flatMap(({ id, organizationId }) =>
    organizationId === undefined ? [] : [[id, organizationId] as const],
  );
  return {
    accounts: new Map(accounts.filter(({ id }) => id !== "").map(({ id, name }) => [id, name])),
    organizations: new Map(organizations),
    roles: grouped(
      roles.flatMap(({ key, arn }) => (key === undefined ? [] : [[key, arn] as const])),
    ),
    sharing: grouped(sharing.map(({ key, resource }) => [key, sharedArn(resource)] as const)),
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, arn] of pairs) {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [arn]);
    else known.push(arn);
  }
  return groups;
}
