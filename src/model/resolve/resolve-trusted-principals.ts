import type { ProblemText } from "../../source/input-error";
import { showValue } from "../../source/show-value";
import type { DataPath } from "../../source/source-document";
import type { Entry } from "../file/entry";
import type { AccountTrustInput } from "../file/schema/trusts";
import type { Account } from "../model";
import { accountNames } from "./account-names";
import { checkLimits } from "./check-limits";
import { placeOf } from "./place";
import { principalIn, type TrustedPrincipal } from "./principal-in-account";
import type { ProblemList } from "./problem-list";
import { selectAccounts } from "./selector";
import type { TrustContext } from "./trust-context";

/** Whom the trust at a path names: one principal for each trusted account that it selects. */
export function resolveTrustedPrincipals(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  context: TrustContext,
): readonly TrustedPrincipal[] {
  reportIdleOptions(entry, path, trust, context.problems);
  checkLimits(entry, path, trust, context.problems);
  const accounts = trustedAccounts(entry, path, trust, context);
  reportIdlePath(entry, path, trust, accounts, context);
  const isJudged = accounts.every((account) => isCertain(account, trust, context));
  const isOneName = accounts.length === 1 && accounts[0].name === trust.account;
  const without: Account[] = [];
  const found = accounts.flatMap((account) => {
    const outcome = principalIn(account, trust, context);
    if ("trust" in outcome) return [outcome];
    if ("refused" in outcome) {
      if (isCertain(account, trust, context)) report(outcome.refused);
      return [];
    }
    // A selector may choose accounts in which the role does not exist; a name may not.
    if (isOneName && isJudged) report(outcome.missing);
    without.push(account);
    return [];
  });
  if (found.length === 0 && without.length > 0 && !isOneName && isJudged) {
    report({
      expected: `a ${principalField(trust)} that exists in one of the selected accounts`,
      found: `${showValue(trust.role ?? trust.user ?? trust.group)}, which is in none of ${accountNames(without)}`,
      remedy: "correct the selector, or add the account to the role's accounts",
    });
  }
  return found;

  function report(text: ProblemText): void {
    const field = principalField(trust);
    context.problems.error(placeOf(entry, [...path, field]), text);
  }
}

/** Whether it can be told that an account lacks what a trust names: all that matters could be read. */
function isCertain({ name }: Account, trust: AccountTrustInput, { doubts }: TrustContext): boolean {
  if (doubts.includes || doubts.accounts.has(name)) return false;
  return trust.role === undefined ? !doubts.identities.has(name) : !doubts.roles.has(trust.role);
}

/** Options that contradict each other, or that have nothing to work on. */
function reportIdleOptions(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  problems: ProblemList,
): void {
  const isStaged = trust.role !== undefined || trust.user !== undefined;
  for (const option of ["tighten", "guard"] as const) {
    if (isStaged || trust[option] === undefined) continue;
    problems.error(placeOf(entry, [...path, option], "key"), {
      expected: `${option} beside a role or a user, which go through stages`,
      found: "neither",
      remedy: "name the role or user, or take the option out",
    });
  }
  if (trust.permissionSet !== undefined && trust.mfa === true) {
    problems.error(placeOf(entry, [...path, "mfa"]), {
      expected: "no MFA beside a permission set: its sessions never carry it",
      found: "true",
      remedy: "take it out, and have Identity Center demand MFA at sign-in",
    });
  }
  if (trust.tighten === "principal-arn" && trust.guard === false) {
    problems.error(placeOf(entry, [...path, "guard"]), {
      expected: 'the guard, which "tighten": "principal-arn" keeps for good',
      found: "false",
      remedy: 'take guard out, or write "tighten": "never" to leave the account open',
    });
  }
}

/** The path of a role or user of ours stands in its own entry. */
function reportIdlePath(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  accounts: readonly Account[],
  { doubts, problems }: TrustContext,
): void {
  const isForExternal = accounts.some(
    ({ kind, name }) => kind === "external" || doubts.accounts.has(name),
  );
  const isNamed = trust.role !== undefined || trust.user !== undefined;
  if (trust.path === undefined || !isNamed || accounts.length === 0 || isForExternal) return;
  problems.error(placeOf(entry, [...path, "path"]), {
    expected: "path for a role or user of an external account alone",
    found: `${showValue(trust.path)} for ${accountNames(accounts)}, which is ours`,
    remedy: `take it out: the path of a ${principalField(trust)} of ours stands in its own entry`,
  });
}

function trustedAccounts(
  entry: Entry<unknown>,
  path: DataPath,
  trust: AccountTrustInput,
  { accounts, problems }: TrustContext,
): readonly Account[] {
  const place = placeOf(entry, [...path, "account"]);
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

function principalField(
  trust: AccountTrustInput,
): "role" | "user" | "group" | "permissionSet" | "account" {
  if (trust.permissionSet !== undefined) return "permissionSet";
  if (trust.role !== undefined) return "role";
  if (trust.user !== undefined) return "user";
  return trust.group === undefined ? "account" : "group";
}
