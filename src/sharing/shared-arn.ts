import type { SharedResource, SharedSecret } from "./shared-resource";

/**
 * The ARN by which a shared resource is known before it exists, in the lock and in the outputs: of a
 * key its alias's ARN, of a secret the ARN without the six characters that AWS adds.
 */
export function sharedArn(resource: SharedResource): string {
  const { partition, accountId, region, name } = resource;
  switch (resource.type) {
    case "kms-key":
      return aliasArn(resource, name);
    case "ecr-repository":
      return `arn:${partition}:ecr:${region}:${accountId}:repository/${name}`;
    case "secret":
      return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}`;
    case "s3-bucket":
      return `arn:${partition}:s3:::${name}`;
    case "sns-topic":
      return `arn:${partition}:sns:${region}:${accountId}:${name}`;
    case "sqs-queue":
      return `arn:${partition}:sqs:${region}:${accountId}:${name}`;
    case "event-bus":
      return `arn:${partition}:events:${region}:${accountId}:event-bus/${name}`;
    case "lambda-function":
      return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  }
}

/** The alias ARN of the key that a stack of ours defines for a secret; undefined for an existing key. */
export function secretKeyAliasArn(secret: SharedSecret): string | undefined {
  return secret.key.alias === undefined ? undefined : aliasArn(secret, secret.key.alias);
}

/** The ARN of a KMS alias; `alias` without `alias/`. */
export function aliasArn(
  { partition, region, accountId }: Pick<SharedResource, "partition" | "region" | "accountId">,
  alias: string,
): string {
  return `arn:${partition}:kms:${region}:${accountId}:alias/${alias}`;
}
