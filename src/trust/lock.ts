/** A principal that is confirmed to exist. */
export interface ConfirmedPrincipal {
  /** `AROA…` for a role, `AIDA…` for a user. */
  readonly uniqueId: string;
  /** UTC time of the confirmation, `2026-11-23T10:00:00Z`; changes only with the unique ID. */
  readonly confirmedAt: string;
  /**
   * Set when the lock was written while accounts.json no longer had the principal: if it comes back,
   * that is an error until it is confirmed anew, because its role may be gone.
   */
  readonly absent?: true;
  /**
   * IDs of the trusting accounts, sorted, whose trusts were taken back to stage `account`
   * (`crosstrust reopen --in`); the next confirmation clears it.
   */
  readonly reopenedIn?: readonly string[];
}

/** Principal ARN to `account` or the unique ID that the deployed trust names. */
export type AppliedTrusts = Readonly<Record<string, string>>;

/** A trust that was revoked: it stays in reports until its sessions have ended. */
export interface Revocation {
  /** Whom the trusts named, by `trustKey`; sorted. */
  readonly principals: readonly string[];
  /** UTC. */
  readonly at: string;
  /** ARNs of our roles that the role could assume then, by whatever chain; sorted. */
  readonly reaches: readonly string[];
  /**
   * How often sessions are still to be sealed: once, and once more for each step of the longest chain to
   * a role of `reaches`, because sessions may begin there until the seal before it is deployed.
   */
  readonly sealsLeft: number;
  /** Until outputs of the role's stack are read: AWS may have the trust still, deployed since the last time. */
  readonly unconfirmed?: true;
  /** UTC: when its sessions were sealed first. @default - they are not sealed */
  readonly sealedAt?: string;
}

/** Sessions of a role that are denied by a policy. */
export interface Seal {
  /** UTC: those that were issued before. */
  readonly before: string;
  /** UTC: by then all of them have ended, and the policy may go. */
  readonly until: string;
}

/** What `trust.lock.json` says: which principals are confirmed, and what is applied. */
export interface Lock {
  /** By role or user ARN. */
  readonly principals: Readonly<Record<string, ConfirmedPrincipal>>;
  /** By the trusting role's ARN. */
  readonly applied: Readonly<Record<string, AppliedTrusts>>;
  /**
   * By the trusting role's ARN: whom its deployed trust policy names, to a digest of how (see
   * `trustTerms`). Undefined in a lock of stacks that do not say.
   */
  readonly terms?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Alias ARN to key ARN, of the KMS keys that stacks of ours define: AWS chooses key IDs, so what names
   * a key in another account waits until it is confirmed. Undefined where no stack has any.
   */
  readonly keys?: Readonly<Record<string, string>>;
  /** By the ARN of the role whose trust was revoked. Undefined where nothing was. */
  readonly revoked?: Readonly<Record<string, Revocation>>;
  /** By the ARN of the role whose older sessions are denied. Undefined where none are. */
  readonly sealed?: Readonly<Record<string, Seal>>;
  /** Stack name to account ID, of every stack whose outputs were read: tells a renamed account. */
  readonly stacks: Readonly<Record<string, string>>;
}

/** The lock of a new organization: nothing is confirmed. */
export const EMPTY_LOCK: Lock = { principals: {}, applied: {}, stacks: {} };

/** What the lock says of a principal; undefined where it says nothing. */
export function tryFindPrincipal(lock: Lock, principalArn: string): ConfirmedPrincipal | undefined {
  return Object.hasOwn(lock.principals, principalArn) ? lock.principals[principalArn] : undefined;
}

/** What is applied of a role's trust in a principal; undefined where nothing is recorded. */
export function tryFindApplied(
  lock: Lock,
  trustingArn: string,
  principalArn: string,
): string | undefined {
  const applied = Object.hasOwn(lock.applied, trustingArn) ? lock.applied[trustingArn] : {};
  return Object.hasOwn(applied, principalArn) ? applied[principalArn] : undefined;
}

/** The ARN of the key that an alias stands for, where it is confirmed. */
export function tryFindKey({ keys = {} }: Lock, aliasArn: string): string | undefined {
  return Object.hasOwn(keys, aliasArn) ? keys[aliasArn] : undefined;
}

/** The seal of a role's sessions; undefined where they are not sealed. */
export function tryFindSeal({ sealed = {} }: Lock, roleArn: string): Seal | undefined {
  return Object.hasOwn(sealed, roleArn) ? sealed[roleArn] : undefined;
}
