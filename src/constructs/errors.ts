/** A role needs at least one trust: IAM has no trust policy without a statement. */
export function roleWithoutTrust(roleName: string): Error {
  return new Error(
    `role ${roleName}: expected at least one trust, found none; name who may assume it, or leave the role out`,
  );
}

/** The other half does not fit an identity's quotas. */
export function tooManyRolesToAssume(identity: string, found: number, fit: number): Error {
  return new Error(
    `${identity}: expected at most ${fit} role ARNs in its sts:AssumeRole policies, found ${found}; ` +
      `split the roles over several identities, or name fewer roles per account`,
  );
}
