import { PARTITIONS, tryParseIamArn } from "../iam/arn";
import { tryFindPrincipal, type Lock } from "./lock";
import type { PrincipalTrust, Tighten } from "./trust";
import type { TrustLimits } from "./trust-limits";

/** How a role or user is trusted; what is left out takes the safe default. */
export interface PrincipalTrustOptions extends TrustLimits {
  /** @default - no external ID is demanded */
  readonly externalId?: string;
  /** @default - true for a user; a role's session never carries MFA */
  readonly mfa?: boolean;
  /** @default - no `aws:PrincipalOrgID` condition */
  readonly organizationId?: string;
  /** ARNs let in at stage `account`; an empty list lets the whole account in. @default - the principal alone */
  readonly guard?: readonly string[];
  /** @default "role" */
  readonly tighten?: Tighten;
}

/**
 * Trust in one role or IAM user, at the stage that the lock gives it: the whole account, guarded,
 * until the principal is confirmed; then the principal.
 *
 * Throws when `principalArn` is not the ARN of one role or user.
 */
export function principalTrust(
  principalArn: string,
  lock: Lock,
  options: PrincipalTrustOptions = {},
): PrincipalTrust {
  const arn = tryParseIamArn(principalArn);
  const partition = PARTITIONS.find((known) => known === arn?.partition);
  if (
    arn === undefined ||
    partition === undefined ||
    (arn.type !== "role" && arn.type !== "user") ||
    /[*?]/.test(principalArn)
  ) {
    throw notAPrincipal(principalArn);
  }
  return {
    kind: arn.type,
    principalArn,
    partition,
    accountId: arn.accountId,
    guard: options.guard ?? [principalArn],
    tighten: options.tighten ?? "role",
    uniqueId: confirmedUniqueId(lock, principalArn),
    ...limitsOf(options),
    externalId: options.externalId,
    mfa: options.mfa ?? arn.type === "user",
    organizationId: options.organizationId,
  };
}

/** The limits alone, those that are set: a trust has no keys of undefined. */
function limitsOf(options: TrustLimits): TrustLimits {
  const { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce, expires, conditions } =
    options;
  const limits = { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce, expires };
  const set = Object.entries({ ...limits, conditions }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set);
}

/** The unique ID that the lock confirms for a principal; undefined while it is not confirmed. */
function confirmedUniqueId(lock: Lock, principalArn: string): string | undefined {
  const entry = tryFindPrincipal(lock, principalArn);
  return entry?.absent === true ? undefined : entry?.uniqueId;
}

/** The trust as a role of an account has it by this lock, reopened accounts included. */
export function withLock(
  trust: PrincipalTrust,
  lock: Lock,
  trustingAccountId: string,
): PrincipalTrust {
  const reopened = tryFindPrincipal(lock, trust.principalArn)?.reopenedIn ?? [];
  const uniqueId = reopened.includes(trustingAccountId)
    ? undefined
    : confirmedUniqueId(lock, trust.principalArn);
  return uniqueId === trust.uniqueId ? trust : { ...trust, uniqueId };
}

function notAPrincipal(arn: string): Error {
  return new Error(
    `expected the ARN of one role or IAM user (arn:aws:iam::111122223333:role/name), found ${JSON.stringify(arn)}`,
  );
}
