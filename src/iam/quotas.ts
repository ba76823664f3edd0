/*
 * Quotas of IAM as its User Guide lists them ("IAM and AWS STS quotas"). Sizes are in characters;
 * white space between the elements of a policy does not count (see `policySize`).
 */

/** The identities that policies are attached to. */
export type IdentityKind = "role" | "user" | "group";

/** The size of a role's trust policy: 2,048 by default; AWS raises it for an account on request. */
export const TRUST_POLICY_SIZE = 2_048;

/** The largest size of a trust policy that AWS raises an account to. */
export const TRUST_POLICY_SIZE_MAX = 8_192;

/** The size of all inline policies of one identity together; AWS does not raise it. */
export const INLINE_POLICIES_SIZE: Readonly<Record<IdentityKind, number>> = {
  role: 10_240,
  user: 2_048,
  group: 5_120,
};

/** The size of one managed policy; AWS does not raise it. */
export const MANAGED_POLICY_SIZE = 6_144;

/**
 * Managed policies attached to one identity: 10 by default. AWS raises the number for roles (see
 * `MANAGED_POLICIES_PER_ROLE_MAX`) and users on request, and never for groups.
 */
export const MANAGED_POLICIES_PER_IDENTITY = 10;

/** The largest number of managed policies per role that AWS raises an account to. */
export const MANAGED_POLICIES_PER_ROLE_MAX = 25;

/** Managed policies of a permission set (IAM Identity Center User Guide, "AWS IAM Identity Center quotas"). */
export const PERMISSION_SET_MANAGED_POLICIES = 20;

/**
 * The size of one service or resource control policy. At most 5 of each kind are attached to an account,
 * AWS's own among them (AWS Organizations User Guide, "Quotas and service limits for AWS Organizations").
 */
export const CONTROL_POLICY_SIZE = 5_120;

/** Resource control policies of an organization (same page; service control policies: 10,000). */
export const RESOURCE_CONTROL_POLICIES = 1_000;

/** Longest path and name together of a role that people switch to in the console. */
export const SWITCHED_ROLE_LENGTH = 64;
