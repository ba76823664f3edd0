import { accountPrincipalArn } from "../iam/arn";
import { policyDocument, policySize } from "../iam/policy-document";
import { isPrincipalTrust, tightens, type PrincipalTrust, type Trust } from "./trust";
import { trustPolicy } from "./trust-policy";

/** Stands for any unique ID: AWS's have 21 characters. */
const ANY_UNIQUE_ID = "AROA00000000000000000";

/** Characters of the longest account principal in a list. */
const ACCOUNT_PRINCIPAL_LENGTH = accountPrincipalArn("aws-us-gov", "000000000000").length + 3;

/** Characters of `["` … `"]` around the values that share a statement's three lists, and a comma. */
const LISTS_AND_COMMA = 3 * 2 + 1;

/**
 * The size of a trust policy at its largest on the way from stage to stage, in characters; up to
 * about 100 more than it can really be, never less.
 *
 * While some principals are confirmed and others of equal conditions are not, there are two
 * statements where there is one before and after. So this is the policy with nothing confirmed,
 * and the second statement beside it.
 */
export function largestTrustPolicySize(trusts: readonly Trust[]): number {
  const open = sizeOf(trusts.map((trust) => withConfirmation(trust, undefined)));
  const tightened = sizeOf(trusts.map((trust) => withConfirmation(trust, ANY_UNIQUE_ID)));
  const ends = Math.max(open, tightened, sizeOf(trusts));
  const staged = trusts.filter(isPrincipalTrust).filter(tightens);
  if (staged.length < 2) return ends;
  const second = [...groupedByConditions(staged).values()].reduce(
    (sum, group) => sum + secondStatementSize(group),
    0,
  );
  return Math.max(ends, open + second);
}

/** What confirming some of these adds to the policy in which none of them is confirmed. */
function secondStatementSize(group: readonly PrincipalTrust[]): number {
  const [first, ...others] = group;
  const statement =
    sizeOf([withConfirmation(first, ANY_UNIQUE_ID)]) - policySize(policyDocument([]));
  return others.reduce((sum, trust) => sum + addedBy(trust), statement + LISTS_AND_COMMA);
}

/** What a principal takes in the statement of confirmed ones beyond what it took before. */
function addedBy(trust: PrincipalTrust): number {
  const arn = trust.principalArn.length + 3;
  const isGuarded = trust.guard.includes(trust.principalArn);
  if (trust.tighten === "role") return isGuarded ? 0 : arn;
  // Its ARN, its unique ID with `:*`, and its account.
  return (isGuarded ? 0 : arn) + ANY_UNIQUE_ID.length + 5 + ACCOUNT_PRINCIPAL_LENGTH;
}

function groupedByConditions(
  trusts: readonly PrincipalTrust[],
): ReadonlyMap<string, readonly PrincipalTrust[]> {
  const groups = new Map<string, PrincipalTrust[]>();
  for (const trust of trusts) {
    const key = JSON.stringify([trust.externalId, trust.mfa, trust.organizationId, trust.tighten]);
    groups.set(key, [...(groups.get(key) ?? []), trust]);
  }
  return groups;
}

function sizeOf(trusts: readonly Trust[]): number {
  return policySize(trustPolicy(trusts));
}

function withConfirmation(trust: Trust, uniqueId: string | undefined): Trust {
  return isPrincipalTrust(trust) ? { ...trust, uniqueId } : trust;
}
