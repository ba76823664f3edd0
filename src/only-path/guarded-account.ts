import type { Partition } from "../iam/arn";

/**
 * An account into which its declared trusts are the only way, as the two policies that hold this know
 * it. It is the same at every stage of a trust, so that tightening changes neither policy.
 */
export interface GuardedAccount {
  readonly partition: Partition;
  /** 12 digits. */
  readonly accountId: string;
  /** As people know it; in the policies' names. */
  readonly name: string;
  /** ARNs of the roles by which it is administered: the execution role and the access role. */
  readonly administrators: readonly string[];
  /** ARNs of its own principals that may assume its execution role: a deployer in the same account. */
  readonly deployers: readonly string[];
  /** Those of them that are roles and stay as they are: whom these trust is not known. */
  readonly existingDeployers: readonly string[];
  /** Who may assume its roles: ARNs of roles and users, patterns of them; sorted. */
  readonly declared: readonly string[];
  /** ARNs of its roles that take tokens of an OpenID Connect provider; sorted. */
  readonly tokenRoles: readonly string[];
}

/** Every principal of the account of an ARN, which may be a pattern: `arn:aws:iam::111122223333:*`. */
export function wholeAccount(arn: string): string {
  return [...arn.split(":").slice(0, 5), "*"].join(":");
}

/** Roles that Identity Center makes and alone can change: people sign in by them. */
export function identityCenterRoles({ partition, accountId }: GuardedAccount): string {
  return `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/*`;
}
