import { accountPrincipalArn } from "../iam/arn";
import { policyDocument, policySize } from "../iam/policy-document";
import { isAccountsTrust, isPrincipalTrust, tightens, type Trust } from "./trust";
import { limitConditions, sessionActions } from "./trust-limits";
import { stagedStatements } from "./staged-statements";

/** Stands for any unique ID: AWS's have 21 characters. */
export const ANY_UNIQUE_ID = "AROA00000000000000000";

/** Characters of the longest account principal in a list. */
const ACCOUNT_PRINCIPAL_LENGTH = accountPrincipalArn("aws-us-gov", "000000000000").length + 3;

/** Characters of `["` … `"]` around the values that share a statement's three lists, and a comma. */
const LISTS_AND_COMMA = 3 * 2 + 1;

/** Trusts that a policy names in the same statements. */
export interface StagedTrusts<T extends Trust> {
  readonly trusts: readonly T[];
  /** In how many statements each of them stands. */
  readonly statementsPerTrust: number;
  /** Characters that a further statement may take to have a name of its own. */
  readonly nameLength: number;
  /** The size of the policy when it names these. */
  readonly sizeOf: (trusts: readonly T[]) => number;
}

/**
 * The size of a policy at its largest on the way from stage to stage; up to about 100 characters per
 * kind of statement more than it can really be, never less.
 *
 * While some principals are confirmed and others of equal conditions are not, there are two
 * statements where there is one before and after. So this is the policy with nothing confirmed,
 * and the second statement beside it.
 */
export function largestPolicySize<T extends Trust>(staged: StagedTrusts<T>): number {
  const { trusts, sizeOf } = staged;
  const open = sizeOf(trusts.map((trust) => withConfirmation(trust, undefined)));
  const tightened = sizeOf(trusts.map((trust) => withConfirmation(trust, ANY_UNIQUE_ID)));
  return Math.max(open + secondStatementsSize(staged), tightened, sizeOf(trusts));
}

/** The size of a trust policy at its largest on the way from stage to stage, in characters. */
export function largestTrustPolicySize(trusts: readonly Trust[]): number {
  return largestPolicySize({
    trusts,
    statementsPerTrust: Math.max(1, ...trusts.map(statementsOf)),
    nameLength: 0,
    sizeOf: (some) => policySize(policyDocument(stagedStatements(some))),
  });
}

/** In how many statements of a trust policy a trust stands. */
export function statementsOf(trust: Trust): number {
  return 1 + (isAccountsTrust(trust) ? sessionActions(trust).length : 0);
}

/** What confirming some of these adds to the policy in which none of them is confirmed. */
function secondStatementsSize<T extends Trust>(staged: StagedTrusts<T>): number {
  const { trusts, statementsPerTrust, nameLength, sizeOf } = staged;
  const principals = trusts.filter((trust) => isPrincipalTrust(trust) && tightens(trust));
  if (principals.length < 2) return 0;
  const ofNobody = sizeOf([]);
  return [...groupedByConditions(principals).values()].reduce((sum, [first, ...others]) => {
    const statements = sizeOf([withConfirmation(first, ANY_UNIQUE_ID)]) - ofNobody;
    const added = others.reduce((size, trust) => size + addedBy(trust), LISTS_AND_COMMA);
    return sum + statements + (added + nameLength) * statementsPerTrust;
  }, 0);
}

/** What a principal takes in the statement of confirmed ones beyond what it took before. */
function addedBy(trust: Trust): number {
  if (!isPrincipalTrust(trust)) return 0;
  const arn = trust.principalArn.length + 3;
  const isGuarded = trust.guard.includes(trust.principalArn);
  if (trust.tighten === "role") return isGuarded ? 0 : arn;
  // Its ARN, its unique ID with `:*`, and its account.
  return (isGuarded ? 0 : arn) + ANY_UNIQUE_ID.length + 5 + ACCOUNT_PRINCIPAL_LENGTH;
}

function groupedByConditions<T extends Trust>(
  trusts: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const trust of trusts) {
    if (!isPrincipalTrust(trust)) continue;
    const { externalId, mfa, organizationId, tighten } = trust;
    const key = JSON.stringify([externalId, mfa, organizationId, tighten, limitConditions(trust)]);
    groups.set(key, [...(groups.get(key) ?? []), trust]);
  }
  return groups;
}

/** The trust as it is once its principal has this unique ID, or while it is not confirmed. */
export function withConfirmation<T extends Trust>(trust: T, uniqueId: string | undefined): T {
  return isPrincipalTrust(trust) ? { ...trust, uniqueId } : trust;
}
