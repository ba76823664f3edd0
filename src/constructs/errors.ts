/** The other half does not fit an identity's quotas. */
export function tooManyRolesToAssume(identity: string, found: number, fit: number): Error {
  return new Error(
    `${identity}: expected at most ${fit} role ARNs in its sts:AssumeRole policies, found ${found}; ` +
      `split the roles over several identities, or name fewer roles per account`,
  );
}

/** The identity half of what is shared does not fit an identity's quota. */
export function tooManyResourcesToUse(identity: string, found: number, quota: number): Error {
  return new Error(
    `${identity}: expected at most ${quota} characters in its policy for the resources of other accounts, ` +
      `found ${found}; share them with several identities, or with fewer`,
  );
}

/** An existing key's policy can only be set by its ARN. */
export function keyWithoutArn(alias: string): Error {
  return new Error(
    `key alias/${alias}: expected the ARN of the existing key, found none; name it by its key ARN`,
  );
}

/** A replica is made from its primary. */
export function replicaWithoutPrimary(alias: string): Error {
  return new Error(
    `key alias/${alias}: expected the ARN of its primary key, found none; define the primary first`,
  );
}

/** The AWS managed key does not work across accounts. */
export function secretWithoutKey(name: string): Error {
  return new Error(
    `secret ${name}: expected a customer managed key (an alias of its own, or the ARN of an existing one), found none`,
  );
}

/** An existing secret's policy can only be set by its ARN, whose end AWS chose. */
export function secretWithoutArn(name: string): Error {
  return new Error(
    `secret ${name}: expected the ARN of the existing secret, found none; name it by its whole ARN`,
  );
}
