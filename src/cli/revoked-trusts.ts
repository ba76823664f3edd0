import { groupBy } from "../model/group-by";
import type { Model, Role, User } from "../model/model";
import { trustNames } from "../people/trust-names";
import { closestTo } from "../source/closest";
import type { DataPath } from "../source/source-document";
import { isAccountsTrust, isPrincipalTrust, type Trust } from "../trust/trust";
import { UsageError } from "./exit-code";

/** Trusts of an entry of `roles` that are to be taken out. */
export interface RevokedTrusts {
  /** The file that the entry stands in. */
  readonly file: string;
  /** Of the entry's `trusts`. */
  readonly path: DataPath;
  /** In that list. */
  readonly positions: readonly number[];
  /** Whom each names, as people call them. */
  readonly names: readonly string[];
  /** The entry's roles that have them. */
  readonly roles: readonly Role[];
}

/**
 * The trusts of a role that name a principal; all of them without one. Throws a UsageError when there is
 * no such role or trust, and when a trust names others besides: those are not to lose anything unasked.
 */
export function revokedTrusts(model: Model, roleKey: string, principal?: string): RevokedTrusts {
  const roles = model.roles.filter(({ key }) => key === roleKey);
  const [first] = roles;
  if (first === undefined) throw unknownRole(model, roleKey);
  const all = roles.flatMap((role) =>
    role.trusts.map((trust, index) => ({ trust, position: role.trustPositions[index], role })),
  );
  if (all.length === 0) {
    throw new UsageError(
      `expected a role that trusts somebody, found that ${roleKey} trusts nobody: nothing is left to revoke; npx crosstrust status says whether its sessions are`,
    );
  }
  const byPosition = groupBy(all, ({ position }) => position);
  const found = [...byPosition].filter(
    ([, trusts]) =>
      principal === undefined || trusts.some(({ trust }) => isNamed(model, trust, principal)),
  );
  if (principal !== undefined && found.length === 0) {
    const trusts = all.map(({ trust }) => trust);
    throw unknownPrincipal(model, roleKey, trusts, principal);
  }
  for (const [position, trusts] of found) {
    const others = trusts.filter(
      ({ trust }) => principal !== undefined && !isNamed(model, trust, principal),
    );
    if (others.length > 0) {
      const named = others.map(({ trust }) => trust);
      throw namesOthers(model, roleKey, position, named);
    }
  }
  const chosen = new Set(found.flatMap(([, trusts]) => trusts.map(({ role }) => role)));
  return {
    file: first.location.file,
    path: ["roles", roleKey, "trusts"],
    positions: found.map(([position]) => position),
    names: found.map(([, trusts]) =>
      [...new Set(trusts.map(({ trust }) => labelOf(model, trust)))].join(", "),
    ),
    roles: roles.filter((role) => chosen.has(role)),
  };
}

/** The trusts that go of one of the roles. */
export function trustsOf({ positions }: RevokedTrusts, role: Role): readonly Trust[] {
  return role.trusts.filter((_, index) => positions.includes(role.trustPositions[index]));
}

/** `shared/ci`, `root/group CrossAccount`, `ec2.amazonaws.com`, an issuer with its subjects. */
function labelOf(model: Model, trust: Trust): string {
  if (isAccountsTrust(trust)) return trustNames(model)(trust);
  if (trust.kind === "service") return trust.service;
  return `${withoutScheme(trust.issuer)} (${trust.subjects.join(", ")})`;
}

/** By its label, with or without its kind, by ARN, or by the issuer. */
function isNamed(model: Model, trust: Trust, principal: string): boolean {
  const label = labelOf(model, trust);
  const plain = label.replace(/^account |(?<=\/)(user|group|permission set) /, "");
  const others = isPrincipalTrust(trust)
    ? [trust.principalArn]
    : trust.kind === "oidc"
      ? [trust.issuer, withoutScheme(trust.issuer)]
      : [];
  return [label, plain, ...others].includes(principal);
}

function withoutScheme(issuer: string): string {
  return issuer.replace(/^https:\/\//, "");
}

function unknownRole({ roles }: Model, roleKey: string): UsageError {
  const closest = closestTo(
    roleKey,
    roles.flatMap(({ key }) => key ?? []),
  );
  return new UsageError(
    `expected a key of roles, found ${roleKey}; ${
      closest === undefined ? "accounts.json lists them" : `write ${closest} if that is meant`
    }`,
  );
}

function unknownPrincipal(
  model: Model,
  roleKey: string,
  trusts: readonly Trust[],
  principal: string,
): UsageError {
  const among = trusts.filter((trust) => isAmong(model, trust, principal));
  const labels = [
    ...new Set((among.length > 0 ? among : trusts).map((trust) => labelOf(model, trust))),
  ];
  const [first] = among;
  if (first === undefined) {
    return new UsageError(
      `expected --principal to name somebody whom ${roleKey} trusts, found ${principal}; it trusts ${labels.join(", ")}`,
    );
  }
  return new UsageError(
    `expected a trust in ${principal} alone, found that ${roleKey} trusts ${labels.join(", ")}, and ${principal} is one of them; ${
      first.kind === "group"
        ? "take the user out of the group's users"
        : "trust the roles and users of the account by name"
    }, or revoke the trust in all of them: --principal '${labels[0]}'`,
  );
}

/** Whether a trust lets somebody in without naming him: as a member of a group, or one of an account. */
function isAmong({ users, roles, groups }: Model, trust: Trust, principal: string): boolean {
  if (trust.kind !== "group" && trust.kind !== "account") return false;
  const isMeant = ({ account, arn, name }: User | Role, kind: string): boolean =>
    account.id === trust.accountId &&
    [arn, `${account.name}/${name}`, `${kind} ${account.name}/${name}`].includes(principal);
  if (trust.kind === "account") {
    return (
      users.some((user) => isMeant(user, "user")) || roles.some((role) => isMeant(role, "role"))
    );
  }
  const members = groups
    .filter(({ account, name }) => account.id === trust.accountId && name === trust.groupName)
    .flatMap((group) => group.users);
  return users.some((user) => isMeant(user, "user") && members.includes(user.name));
}

function namesOthers(
  model: Model,
  roleKey: string,
  position: number,
  others: readonly Trust[],
): UsageError {
  const labels = [...new Set(others.map((trust) => labelOf(model, trust)))].join(", ");
  return new UsageError(
    `expected a trust in nobody else, found that roles.${roleKey}.trusts[${position}] names ${labels} too; narrow its account selector by hand, or write a trust for each, and run this again`,
  );
}
