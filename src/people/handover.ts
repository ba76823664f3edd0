import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { otherHalf } from "../iam/other-half";
import type { Account, Model, Role } from "../model/model";
import { isAccountsTrust, type AccountsTrust } from "../trust/trust";
import { sessionPermissions } from "../trust/trust-limits";
import { rolesInFileOrder } from "./roles-in-file-order";

/** A role that is handed over, and the trust by which the other party gets in. */
export interface HandedOver {
  readonly role: Role;
  readonly trust: AccountsTrust;
}

/** What another party needs to get into the roles of one entry. */
export interface Handover {
  /** The entry of `roles`. */
  readonly key: string;
  readonly party: Account;
  /** At least one, in the order of the file. */
  readonly roles: readonly HandedOver[];
  /** The policies to attach on their side: one, or several where one has no room for the ARNs. */
  readonly policies: readonly PolicyDocument[];
  /** How many roles are more than one identity can have in its policies. */
  readonly over: number;
}

/** The external accounts that an entry's roles trust, in the order of the file. */
export function partiesOf({ accounts, roles }: Model, key: string): readonly Account[] {
  const trusted = new Set(
    roles
      .filter((role) => role.key === key)
      .flatMap(({ trusts }) => trusts.filter(isAccountsTrust).map(({ accountId }) => accountId)),
  );
  return accounts.filter(({ kind, id }) => kind === "external" && trusted.has(id));
}

/** What one of `partiesOf` needs: nothing of what other parties have is in it. */
export function handoverOf(model: Model, key: string, party: Account): Handover {
  const roles = rolesInFileOrder(model)
    .filter((role) => role.key === key)
    .flatMap((role) =>
      role.trusts
        .filter(isAccountsTrust)
        .filter(({ accountId }) => accountId === party.id)
        .map((trust) => ({ role, trust })),
    );
  const half = otherHalf(
    roles.map(({ role }) => role.arn),
    { kind: "role", placement: "managed-only" },
  );
  const besides = sessionPermissions(
    roles.map(({ role, trust }) => ({ roleArn: role.arn, limits: trust })),
  );
  return {
    key,
    party,
    roles,
    policies: [
      ...(half.kind === "managed" ? half.policies.map(({ policy }) => policy) : []),
      ...(besides.length > 0 ? [policyDocument(besides)] : []),
    ],
    over: half.kind === "overflow" ? half.over : 0,
  };
}
