import { roleArn, userArn } from "../../iam/arn";
import { closestTo } from "../../source/closest";
import type { ProblemText } from "../../source/input-error";
import { quote, showValue } from "../../source/show-value";
import { EMPTY_LOCK } from "../../trust/lock";
import { principalTrust } from "../../trust/principal-trust";
import type { Trust } from "../../trust/trust";
import type { AccountTrustInput } from "../file/schema/trusts";
import type { Account } from "../model";
import { accountNames } from "./account-names";
import { identityKey } from "./resolve-identities";
import { unknownPermissionSet } from "./resolve-permission-sets";
import type { TrustContext } from "./trust-context";
import type { Holder } from "./trust-edge";
import { trustLimits } from "./trust-limits";

/** Whom a trust names, in one trusted account. */
export interface TrustedPrincipal {
  readonly trust: Trust;
  readonly holder?: Holder;
}

/** What a trust names is not in the account. */
export interface MissingPrincipal {
  readonly missing: ProblemText;
}

/** What a trust names may not be trusted in the account, whether it is there or not. */
export interface RefusedPrincipal {
  readonly refused: ProblemText;
}

/** Whom a trust names in one account, or why nobody. */
export function principalIn(
  account: Account,
  trust: AccountTrustInput,
  context: TrustContext,
): TrustedPrincipal | MissingPrincipal | RefusedPrincipal {
  if (trust.role !== undefined) return roleIn(account, trust.role, trust, context);
  if (trust.user !== undefined) return userIn(account, trust.user, trust, context);
  if (trust.group !== undefined) return groupIn(account, trust.group, trust, context);
  if (trust.permissionSet !== undefined) {
    return permissionSetIn(account, trust.permissionSet, trust, context);
  }
  if (
    account.kind === "external" &&
    trust.externalId === undefined &&
    trust.acceptNoExternalId !== true
  ) {
    return {
      refused: {
        expected: "an external ID for a trust in a whole external account",
        found: `none for ${account.name}`,
        remedy:
          'agree on an externalId with the account\'s owner, name its role, or write "acceptNoExternalId": true',
      },
    };
  }
  return {
    trust: {
      kind: "account",
      partition: account.partition,
      accountId: account.id,
      ...conditionsOf(account, trust),
      mfa: trust.mfa ?? false,
    },
  };
}

function roleIn(
  account: Account,
  role: string,
  trust: AccountTrustInput,
  { roles }: TrustContext,
): TrustedPrincipal | MissingPrincipal {
  if (account.kind === "external") {
    const arn = roleArn(account.partition, account.id, trust.path ?? "/", role);
    return { trust: stagedTrust(arn, account, trust) };
  }
  const instance = roles.tryFind(role, account);
  if (instance === undefined) {
    if (roles.has(role)) {
      return {
        missing: {
          expected: `a role that exists in account ${account.name}`,
          found: `${showValue(role)}, which exists in ${accountNames(roles.accountsOf(role))}`,
          remedy: `add ${quote(account.name)} to roles.${role}.accounts, or trust it in another account`,
        },
      };
    }
    const closest = roles.closestKey(role);
    return {
      missing: {
        expected: "a key of roles",
        found: showValue(role),
        remedy:
          closest === undefined
            ? `add it to roles, with "existing": true if it is not to be defined here`
            : `write ${quote(closest)} if that is meant, or add it to roles`,
      },
    };
  }
  return {
    trust: stagedTrust(instance.arn, account, trust),
    holder: { kind: "role", key: instance.arn },
  };
}

function userIn(
  account: Account,
  name: string,
  trust: AccountTrustInput,
  { identities }: TrustContext,
): TrustedPrincipal | MissingPrincipal {
  if (account.kind === "external") {
    const arn = userArn(account.partition, account.id, trust.path ?? "/", name);
    return { trust: stagedTrust(arn, account, trust) };
  }
  const user = identities.tryFindUser(account, name);
  if (user === undefined) {
    return { missing: unknownIdentity("user", name, account, identities.namesIn(account, "user")) };
  }
  return {
    trust: stagedTrust(user.arn, account, trust),
    holder: { kind: "user", key: user.arn },
  };
}

function groupIn(
  account: Account,
  name: string,
  trust: AccountTrustInput,
  { identities }: TrustContext,
): TrustedPrincipal | MissingPrincipal | RefusedPrincipal {
  if (account.kind === "external") {
    return {
      refused: {
        expected: "a group of an account that is ours",
        found: `${showValue(name)} in the external account ${account.name}: its members are unknown here`,
        remedy: "trust the account with an externalId, or its role",
      },
    };
  }
  const group = identities.tryFindGroup(account, name);
  if (group === undefined) {
    return {
      missing: unknownIdentity("group", name, account, identities.namesIn(account, "group")),
    };
  }
  return {
    trust: {
      kind: "group",
      partition: account.partition,
      accountId: account.id,
      groupName: name,
      ...conditionsOf(account, trust),
      mfa: trust.mfa ?? true,
    },
    holder: { kind: "group", key: identityKey(account, name) },
  };
}

function permissionSetIn(
  account: Account,
  permissionSet: string,
  trust: AccountTrustInput,
  { permissionSets }: TrustContext,
): TrustedPrincipal | RefusedPrincipal {
  if (account.kind !== "external" && permissionSets?.includes(permissionSet) === false) {
    return { refused: unknownPermissionSet(permissionSet, permissionSets) };
  }
  return {
    trust: {
      kind: "permission-set",
      partition: account.partition,
      accountId: account.id,
      permissionSet,
      ...conditionsOf(account, trust),
      mfa: false,
    },
    ...(account.kind !== "external" && {
      holder: { kind: "permission-set", key: permissionSet } as const,
    }),
  };
}

/** At stage `account`: what is confirmed is filled in when the whole model is resolved. */
function stagedTrust(principalArn: string, account: Account, trust: AccountTrustInput): Trust {
  return principalTrust(principalArn, EMPTY_LOCK, {
    ...conditionsOf(account, trust),
    mfa: trust.mfa,
    tighten: trust.tighten,
    ...(trust.guard === false && { guard: [] }),
  });
}

function conditionsOf(account: Account, trust: AccountTrustInput) {
  return {
    ...trustLimits(trust),
    externalId: trust.externalId,
    organizationId: account.organizationId,
  };
}

function unknownIdentity(
  kind: "user" | "group",
  name: string,
  account: Account,
  known: readonly string[],
): ProblemText {
  const closest = closestTo(name, known);
  return {
    expected: `a ${kind} of identities.${account.name}.${kind}s`,
    found: showValue(name),
    remedy:
      closest === undefined
        ? "add it there"
        : `write ${quote(closest)} if that is meant, or add it there`,
  };
}
