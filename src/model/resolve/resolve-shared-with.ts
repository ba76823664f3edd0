import { showValue } from "../../source/show-value";
import type { SharingTrust } from "../../sharing/shared-resource";
import type { AccountTrust } from "../../trust/trust";
import { isPrincipalTrust } from "../../trust/trust";
import { isInDoubt } from "../file/doubts";
import type { SharingEntry } from "../file/kept-statements";
import type { Account } from "../model";
import { accountNames } from "./account-names";
import { exceptedAccounts } from "./excepted-accounts";
import { placeOf } from "./place";
import { findRepeatedTrust } from "./repeated-trusts";
import { resolveTrustedPrincipals } from "./resolve-trusted-principals";
import { selectAccounts } from "./selector";
import type { TrustContext } from "./trust-context";

/** Whom an entry of `sharing` shares its resource with. */
export interface SharedWith {
  /** Of the resource's policy: accounts and principals other than the owner's. */
  readonly trusts: readonly SharingTrust[];
  /** ARNs of roles and users of ours that are named, those of the owner included; sorted. */
  readonly named: readonly string[];
}

/** A principal that an entry names, and whether `except` may take it away. */
interface NamedPrincipal {
  readonly trust: SharingTrust;
  readonly account: Account | undefined;
  readonly holderArn?: string;
  readonly bySelector: boolean;
}

/** Trust in a whole account of ours or of somebody else, for good. */
export function accountTrust({ partition, id, organizationId }: Account): AccountTrust {
  return { kind: "account", partition, accountId: id, organizationId, mfa: false };
}

/**
 * Whom an entry shares with. The owning account itself needs no entry in the resource's policy: its
 * own identity policies serve it, so it is left out of what selectors choose.
 */
export function resolveSharedWith(
  entry: SharingEntry,
  owner: Account,
  context: TrustContext,
): SharedWith {
  const before = context.problems.all.length;
  const whole = wholeAccounts(entry, owner, context);
  const principals = namedPrincipals(entry, context);
  const bySelectors = principals.flatMap(({ account, bySelector }) =>
    bySelector && account !== undefined ? [account] : [],
  );
  const excepted = exceptedAccounts(
    entry,
    [...whole, ...bySelectors],
    "with",
    context.accounts,
    context.problems,
  );
  const accounts = whole.filter((account) => account !== owner && !excepted.has(account));
  reportUnnamedExternal(entry, accounts, context);
  const left = principals.filter(
    ({ account, bySelector }) => !bySelector || account === undefined || !excepted.has(account),
  );
  const trusts = [
    ...accounts.map(accountTrust),
    ...left.filter(({ account }) => account !== owner).map(({ trust }) => trust),
  ];
  reportRepeated(entry, trusts, context);
  const named = left.flatMap(({ holderArn }) => (holderArn === undefined ? [] : [holderArn]));
  if (
    trusts.length === 0 &&
    named.length === 0 &&
    // A problem in between says why.
    context.problems.all.length === before &&
    entry.leftOut.size === 0 &&
    !isInDoubt(context.doubts)
  ) {
    context.problems.warning(placeOf(entry, ["with"]), {
      expected: "somebody to share with besides the owning account",
      found: "nobody",
      remedy: "correct the selectors or except, or take the entry out",
    });
  }
  return { trusts, named: [...new Set(named)].sort() };
}

/** Accounts that selectors choose, in file order. */
function wholeAccounts(
  entry: SharingEntry,
  owner: Account,
  { accounts, problems }: TrustContext,
): readonly Account[] {
  const chosen = new Set<Account>();
  entry.value.with.forEach((selector, position) => {
    if (typeof selector !== "string") return;
    const place = placeOf(entry, ["with", position]);
    for (const account of selectAccounts(accounts, selector, place, problems)) {
      if (account.kind === "planned") {
        problems.warning(place, {
          expected: "an account with an id",
          found: `${showValue(account.name)}, a planned account: nothing is shared with it yet`,
          remedy: "give the account its id once it exists",
        });
      } else if (account === owner && selector.trim() === owner.name) {
        problems.warning(place, {
          expected: "accounts other than the owning one",
          found: `${showValue(owner.name)}, whose own identity policies serve it`,
          remedy: "take it out, or name a role or user of it, which then gets them",
        });
      } else chosen.add(account);
    }
  });
  return accounts.inFileOrder(chosen);
}

/** Whoever tags an account of somebody else for one entry may not know of the others that choose the tag. */
function reportUnnamedExternal(
  entry: SharingEntry,
  accounts: readonly Account[],
  { problems }: TrustContext,
): void {
  const named = new Set(
    entry.value.with.flatMap((each) => (typeof each === "string" ? [each.trim()] : [])),
  );
  const unnamed = accounts.filter(({ kind, name }) => kind === "external" && !named.has(name));
  if (unnamed.length === 0) return;
  problems.warning(placeOf(entry, ["with"]), {
    expected: "external accounts by their names: their owners hand out what they are given",
    found: `${accountNames(unnamed)}, which a selector chooses as a whole`,
    remedy: "name it beside the selector if that is meant, or take it away with except",
  });
}

function namedPrincipals(entry: SharingEntry, context: TrustContext): readonly NamedPrincipal[] {
  const byId = new Map(context.accounts.accounts.map((account) => [account.id, account]));
  return entry.value.with.flatMap((each, position): readonly NamedPrincipal[] => {
    if (typeof each === "string") return [];
    const { account, role, user, path, guard, tighten } = each;
    // Requests that use a resource come from programs, whose keys and sessions carry no MFA.
    const written = { account, role, user, path, guard, tighten, mfa: false };
    const bySelector = context.accounts.tryFind(account) === undefined;
    return resolveTrustedPrincipals(entry, ["with", position], written, context).flatMap(
      ({ trust, holder }) =>
        isPrincipalTrust(trust)
          ? [{ trust, account: byId.get(trust.accountId), holderArn: holder?.key, bySelector }]
          : [],
    );
  });
}

function reportRepeated(
  entry: SharingEntry,
  trusts: readonly SharingTrust[],
  { problems }: TrustContext,
): void {
  const repeated = findRepeatedTrust(trusts);
  if (repeated === undefined) return;
  const isTwice = repeated.kind === "twice";
  problems.error(placeOf(entry, ["with"]), {
    expected: isTwice ? "each principal once" : "either a whole account or principals of it",
    found: `${repeated.found}: the weaker one would decide`,
    remedy: isTwice
      ? "take one of the two out"
      : "take one of the two out, or the account out of the selector with except",
  });
}
