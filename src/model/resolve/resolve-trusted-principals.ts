import { roleArn, userArn } from "../../iam/arn";
import { closestTo } from "../../source/closest";
import { quote, showValue } from "../../source/show-value";
import type { ProblemText } from "../../source/input-error";
import { EMPTY_LOCK } from "../../trust/lock";
import { principalTrust } from "../../trust/principal-trust";
import type { Trust } from "../../trust/trust";
import { accountNames } from "./account-names";
import type { Entry } from "../file/entry";
import type { Account } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { identityKey } from "./resolve-identities";
import type { RoleInput } from "../file/schema/roles";
import type { AccountTrustInput } from "../file/schema/trusts";
import { selectAccounts } from "./selector";
import type { TrustContext } from "./trust-context";
import type { Holder } from "./trust-edge";

/** Whom a trust names, in one trusted account. */
export interface TrustedPrincipal {
  readonly trust: Trust;
  readonly holder?: Holder;
}

/** Whom the trust at `position` names: one principal for each trusted account that it selects. */
export function resolveTrustedPrincipals(
  entry: Entry<RoleInput>,
  position: number,
  trust: AccountTrustInput,
  context: TrustContext,
): readonly TrustedPrincipal[] {
  reportIdleOptions(entry, position, trust, context.problems);
  const accounts = trustedAccounts(entry, position, trust, context);
  reportIdlePath(entry, position, trust, accounts, context);
  const isJudged = accounts.every((account) => isCertain(account, trust, context));
  const isOneName = accounts.length === 1 && accounts[0].name === trust.account;
  const found = accounts.flatMap((account) => {
    const outcome = principalIn(account, trust, context);
    if (!("missing" in outcome)) return [outcome];
    // A selector may choose accounts in which the role does not exist; a name may not.
    if (isOneName && isJudged) report(outcome.missing);
    return [];
  });
  if (found.length === 0 && accounts.length > 0 && !isOneName && isJudged) {
    report({
      expected: `a ${principalField(trust)} that exists in one of the selected accounts`,
      found: `${showValue(trust.role ?? trust.user ?? trust.group)}, which is in none of ${accountNames(accounts)}`,
      remedy: "correct the selector, or add the account to the role's accounts",
    });
  }
  return found;

  function report(text: ProblemText): void {
    const field = principalField(trust);
    context.problems.error(placeOf(entry, ["trusts", position, field]), text);
  }
}

/** Whether it can be told that an account lacks what a trust names: all that matters could be read. */
function isCertain({ name }: Account, trust: AccountTrustInput, { doubts }: TrustContext): boolean {
  if (doubts.includes || doubts.accounts.has(name)) return false;
  return trust.role === undefined ? !doubts.identities.has(name) : !doubts.roles.has(trust.role);
}

/** Options that contradict each other, or that have nothing to work on. */
function reportIdleOptions(
  entry: Entry<RoleInput>,
  position: number,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  const isStaged = trust.role !== undefined || trust.user !== undefined;
  for (const option of ["tighten", "guard"] as const) {
    if (isStaged || trust[option] === undefined) continue;
    problems.error(placeOf(entry, ["trusts", position, option], "key"), {
      expected: `${option} beside a role or a user, which go through stages`,
      found: "neither",
      remedy: "name the role or user, or take the option out",
    });
  }
  if (trust.tighten === "principal-arn" && trust.guard === false) {
    problems.error(placeOf(entry, ["trusts", position, "guard"]), {
      expected: 'the guard, which "tighten": "principal-arn" keeps for good',
      found: "false",
      remedy: 'take guard out, or write "tighten": "never" to leave the account open',
    });
  }
}

/** The path of a role or user of ours stands in its own entry. */
function reportIdlePath(
  entry: Entry<RoleInput>,
  position: number,
  trust: AccountTrustInput,
  accounts: readonly Account[],
  { doubts, problems }: TrustContext,
): void {
  const isForExternal = accounts.some(
    ({ kind, name }) => kind === "external" || doubts.accounts.has(name),
  );
  const isNamed = trust.role !== undefined || trust.user !== undefined;
  if (trust.path === undefined || !isNamed || accounts.length === 0 || isForExternal) return;
  problems.error(placeOf(entry, ["trusts", position, "path"]), {
    expected: "path for a role or user of an external account alone",
    found: `${showValue(trust.path)} for ${accountNames(accounts)}, which is ours`,
    remedy: `take it out: the path of a ${principalField(trust)} of ours stands in its own entry`,
  });
}

function trustedAccounts(
  entry: Entry<RoleInput>,
  position: number,
  trust: AccountTrustInput,
  { accounts, problems }: TrustContext,
): readonly Account[] {
  const place = placeOf(entry, ["trusts", position, "account"]);
  return selectAccounts(accounts, trust.account, place, problems).filter((account) => {
    if (account.kind !== "planned") return true;
    problems.warning(place, {
      expected: "an account with an id",
      found: `${showValue(account.name)}, a planned account: it is not trusted yet`,
      remedy: "give the account its id once it exists",
    });
    return false;
  });
}

function principalIn(
  account: Account,
  trust: AccountTrustInput,
  context: TrustContext,
): TrustedPrincipal | { readonly missing: ProblemText } {
  if (trust.role !== undefined) return roleIn(account, trust.role, trust, context);
  if (trust.user !== undefined) return userIn(account, trust.user, trust, context);
  if (trust.group !== undefined) return groupIn(account, trust.group, trust, context);
  if (
    account.kind === "external" &&
    trust.externalId === undefined &&
    trust.acceptNoExternalId !== true
  ) {
    return {
      missing: {
        expected: "an external ID for a trust in a whole external account",
        found: "none",
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
): TrustedPrincipal | { readonly missing: ProblemText } {
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
): TrustedPrincipal | { readonly missing: ProblemText } {
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
): TrustedPrincipal | { readonly missing: ProblemText } {
  if (account.kind === "external") {
    return {
      missing: {
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
  return { externalId: trust.externalId, organizationId: account.organizationId };
}

function principalField(trust: AccountTrustInput): "role" | "user" | "group" | "account" {
  if (trust.role !== undefined) return "role";
  if (trust.user !== undefined) return "user";
  return trust.group === undefined ? "account" : "group";
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
