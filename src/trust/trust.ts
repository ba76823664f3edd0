import type { Partition } from "../iam/arn";
import type { TrustLimits } from "./trust-limits";

/**
 * What a trust in a role or user becomes once that principal is confirmed to exist:
 * - `role`: the principal's ARN in `Principal`; AWS pins it to the unique ID.
 * - `unique-id`: the account principal with `aws:userid` pinned to the confirmed unique ID.
 * - `principal-arn`: stays at the guarded account; a recreated principal keeps its access.
 * - `never`: stays at stage `account`, guarded unless `guard` is empty.
 */
export type Tighten = "role" | "unique-id" | "principal-arn" | "never";

/** Conditions that hold at every stage: tightening never drops one. */
export interface TrustConditions extends TrustLimits {
  readonly externalId?: string;
  readonly mfa: boolean;
  /** Value of `aws:PrincipalOrgID`; undefined where the trusted account is in no known organization. */
  readonly organizationId?: string;
}

/** Trust in one role or IAM user: the kind that goes through stages. */
export interface PrincipalTrust extends TrustConditions {
  readonly kind: "role" | "user";
  readonly principalArn: string;
  readonly partition: Partition;
  /** The trusted account. */
  readonly accountId: string;
  /**
   * ARNs let in at stage `account` (`aws:PrincipalArn`): normally the principal's own; for an
   * execution role also the hub's access role and the first deployers. Empty: the whole account.
   */
  readonly guard: readonly string[];
  readonly tighten: Tighten;
  /** The confirmed unique ID (`AROA…`, `AIDA…`); undefined while the principal is not confirmed. */
  readonly uniqueId?: string;
}

/** Trust in a group's members: account-wide by design, since a group cannot be a principal. */
export interface GroupTrust extends TrustConditions {
  readonly kind: "group";
  readonly partition: Partition;
  readonly accountId: string;
  readonly groupName: string;
}

/**
 * Trust in whoever signs in to the account with an Identity Center permission set: account-wide by
 * design, since the role that Identity Center makes for it has a name of its choice.
 */
export interface PermissionSetTrust extends TrustConditions {
  readonly kind: "permission-set";
  readonly partition: Partition;
  readonly accountId: string;
  readonly permissionSet: string;
}

/** Trust in a whole account, for good. */
export interface AccountTrust extends TrustConditions {
  readonly kind: "account";
  readonly partition: Partition;
  readonly accountId: string;
}

/** Trust in an AWS service, such as `ec2.amazonaws.com`. */
export interface ServiceTrust {
  readonly kind: "service";
  readonly service: string;
}

/** Trust in tokens of an OpenID Connect provider; issuer, audience and subject are always pinned. */
export interface OidcTrust {
  readonly kind: "oidc";
  readonly partition: Partition;
  /** The trusting account: the provider is a resource of it. */
  readonly accountId: string;
  /** `https://…`, without a trailing slash. */
  readonly issuer: string;
  readonly audience: string;
  /** One or several; `*` and `?` are wildcards in each. */
  readonly subjects: readonly string[];
}

/** One trust of a role, resolved, with what the lock says of its principal. */
export type Trust =
  PrincipalTrust | GroupTrust | PermissionSetTrust | AccountTrust | ServiceTrust | OidcTrust;

/** A trust in principals of an account: the kinds that a request by AssumeRole can meet. */
export type AccountsTrust = Exclude<Trust, ServiceTrust | OidcTrust>;

/** Whether a trust is in principals of an account, and not in a service or in tokens. */
export function isAccountsTrust(trust: Trust): trust is AccountsTrust {
  return trust.kind !== "service" && trust.kind !== "oidc";
}

/** `account`: principals of the trusted account by the account principal; `role`: the principal itself. */
export type TrustStage = "account" | "role";

/** Whether a trust is in one role or user, and so goes through stages. */
export function isPrincipalTrust(trust: Trust): trust is PrincipalTrust {
  return trust.kind === "role" || trust.kind === "user";
}

/** Whether a trust leaves stage `account` once its principal is confirmed. */
export function tightens(trust: PrincipalTrust): boolean {
  return trust.tighten === "role" || trust.tighten === "unique-id";
}

/** The stage that a trust stands at: it follows from the lock alone, and is never typed by hand. */
export function stageOf(trust: PrincipalTrust): TrustStage {
  return tightens(trust) && trust.uniqueId !== undefined ? "role" : "account";
}

/**
 * What a deployed stack says of a trust in its `trusts` output, and the lock in `applied`:
 * `account`, or the unique ID that the trust was tightened to.
 */
export function appliedValue(trust: PrincipalTrust): string {
  return stageOf(trust) === "role" ? (trust.uniqueId ?? "account") : "account";
}
