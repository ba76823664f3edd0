import type { Partition } from "./arn";

/** Characters that Identity Center puts after the permission set's name. */
const SUFFIX_LENGTH = 16;

/** A permission set in an account. */
export interface AssignedPermissionSet {
  readonly partition: Partition;
  readonly accountId: string;
  readonly permissionSet: string;
}

/**
 * Patterns of the role that Identity Center makes in an account for a permission set,
 * `AWSReservedSSO_NAME_` and 16 characters of its choice: its path has the Region of Identity Center, and
 * none where that is us-east-1 (IAM Identity Center User Guide, "Referencing permission sets in resource
 * policies").
 */
export function permissionSetRolePatterns(set: AssignedPermissionSet): readonly string[] {
  return ["*/", ""].map((region) => roleArn(set, region, "?".repeat(SUFFIX_LENGTH)));
}

/**
 * Stands for the role of a permission set where the real one cannot be known: with zeros in place of
 * Identity Center's characters. `region`: of Identity Center.
 */
export function permissionSetRoleArn(set: AssignedPermissionSet, region: string): string {
  return roleArn(set, region === "us-east-1" ? "" : `${region}/`, "0".repeat(SUFFIX_LENGTH));
}

function roleArn(
  { partition, accountId, permissionSet }: AssignedPermissionSet,
  region: string,
  suffix: string,
): string {
  return `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_${permissionSet}_${suffix}`;
}

/** The permission set of a role that Identity Center made, by the role's name; undefined for other roles. */
export function tryPermissionSetOf(roleName: string): string | undefined {
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleName)?.[1];
}
