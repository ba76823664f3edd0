import { consoleColorHex } from "../iam/console-color";
import { SWITCHED_ROLE_LENGTH } from "../iam/quotas";
import { groupBy } from "../model/group-by";
import type { ForeignRole, Model, Role, RoleConsole } from "../model/model";
import { trustsNaming, type Identity } from "./identity";
import { isAccountsTrust, type AccountsTrust } from "../trust/trust";
import { sessionActions } from "../trust/trust-limits";
import { rolesWithForeign } from "./roles-in-file-order";
import { switchRoleUrl } from "./switch-role-url";
import { trustNames } from "./trust-names";

/** A role that people switch to. */
export interface SwitchLink {
  readonly role: Role | ForeignRole;
  readonly displayName: string;
  /** Six hexadecimal digits. */
  readonly color?: string;
  readonly url: string;
  /** Whether everybody who may switch must have signed in with MFA. */
  readonly mfa: boolean;
  /** Who may: `root/group CrossAccount`, `root/user bob`, `account root`; sorted. */
  readonly people: readonly string[];
}

/** Why nobody can switch to a role. */
export type NoLinkReason =
  "external-id" | "session-values" | "too-long" | "not-people" | "existing";

/** A role that nobody can switch to. */
export interface RoleWithoutLink {
  readonly role: Role | ForeignRole;
  readonly reason: NoLinkReason;
  /** The reason as a sentence without a full stop. */
  readonly because: string;
}

/** Links of an organization, or of one person or group. */
export interface SwitchLinks {
  readonly links: readonly SwitchLink[];
  readonly without: readonly RoleWithoutLink[];
}

/**
 * A link for each role of accounts.json that people can switch to, and the reason for each other one.
 * People are users, groups and whole accounts that a role trusts, and roles where the entry has
 * `console`, since a role's session can switch as well. For an identity: the roles that name it.
 *
 * In the order of the file: accounts, then roles; roles of others come last.
 */
export function switchLinks(model: Model, identity?: Identity): SwitchLinks {
  const links: SwitchLink[] = [];
  const without: RoleWithoutLink[] = [];
  const names = trustNames(model);
  const sharedNames = displayNamesOfSeveral(model.roles);
  for (const role of rolesWithForeign(model)) {
    const trusts = identity === undefined ? ofPeople(role) : trustsNaming(role, identity);
    if (identity !== undefined && trusts.length === 0) continue;
    const usable = trusts.filter(
      (trust) => trust.externalId === undefined && sessionActions(trust).length === 0,
    );
    const reason = reasonAgainst(role, trusts, usable);
    if (reason === undefined) {
      const displayName = displayNameOf(role, sharedNames);
      const color = consoleColorHex(consoleOf(role)?.color ?? "");
      const { partition, id: accountId } = role.account;
      const { path, name } = role;
      links.push({
        role,
        displayName,
        color,
        url: switchRoleUrl({ partition, accountId, path, name, displayName, color }),
        mfa: usable.every(({ mfa }) => mfa),
        people: [...new Set(usable.map(names))].sort(),
      });
    } else without.push({ role, reason, because: because(reason, role) });
  }
  return { links, without };
}

function ofPeople(role: Role | ForeignRole): readonly AccountsTrust[] {
  return role.trusts
    .filter(isAccountsTrust)
    .filter(({ kind }) => kind !== "role" || consoleOf(role) !== undefined);
}

function reasonAgainst(
  role: Role | ForeignRole,
  trusts: readonly AccountsTrust[],
  usable: readonly AccountsTrust[],
): NoLinkReason | undefined {
  if ("ownership" in role && role.ownership === "existing") return "existing";
  if (trusts.length === 0) return "not-people";
  if (usable.length === 0) {
    return trusts.some(({ externalId }) => externalId === undefined)
      ? "session-values"
      : "external-id";
  }
  return `${role.path}${role.name}`.length > SWITCHED_ROLE_LENGTH ? "too-long" : undefined;
}

function because(reason: NoLinkReason, { path, name }: Role | ForeignRole): string {
  switch (reason) {
    case "existing":
      return "it is not defined here, so whom it trusts is not known";
    case "not-people":
      return "it trusts no people: no user, group or whole account";
    case "external-id":
      return "it demands an external ID, which the console cannot pass";
    case "session-values":
      return "it demands a source identity or session tags, which the console cannot pass";
    case "too-long":
      return `its path and name have ${path.length + name.length} characters together, and the console takes ${SWITCHED_ROLE_LENGTH}`;
  }
}

/** Display names that more than one role has: these say the account as well. */
function displayNamesOfSeveral(roles: readonly Role[]): ReadonlySet<string> {
  const named = groupBy(roles, (role) => role.console?.displayName ?? "");
  return new Set([...named].flatMap(([name, those]) => (those.length > 1 ? [name] : [])));
}

/** The owner of a role that is not ours says how it looks. */
function consoleOf(role: Role | ForeignRole): RoleConsole | undefined {
  return "console" in role ? role.console : undefined;
}

function displayNameOf(role: Role | ForeignRole, shared: ReadonlySet<string>): string {
  const { account, name } = role;
  const displayName = consoleOf(role)?.displayName;
  if (displayName === undefined) return `${account.name}/${name}`;
  return shared.has(displayName) ? `${displayName} (${account.name})` : displayName;
}
