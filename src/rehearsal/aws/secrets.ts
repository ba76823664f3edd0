import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { tryFindKey } from "./all-accounts";
import { AwsError } from "./aws-error";
import { secretSuffix } from "./generated-id";
import { keyArnOf } from "./kms-keys";
import { takeResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedResource } from "./simulated-resources";

/** What a secret is made with; its value is not simulated. */
export interface NewSecret {
  readonly name: string;
  readonly region: string;
  /** Key ID, alias, or the ARN of either. @default - the AWS managed key */
  readonly kmsKeyId?: string;
  readonly origin: Origin;
}

const TYPE = "aws_secretsmanager_secret";

/**
 * CreateSecret: refused for a name that is taken, also by a deleted secret whose recovery window is
 * open. AWS adds six characters to the name in the ARN, others each time.
 */
export function createSecret(account: SimulatedAccount, input: NewSecret): SimulatedResource {
  const { name, region, kmsKeyId, origin } = input;
  const stem = account.regionalArn("secretsmanager", region, `secret:${name}`);
  if (account.recoverableSecrets.has(stem)) {
    throw new AwsError(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (tryFindSecret(account, stem) !== undefined) {
    throw new AwsError(
      "ResourceExistsException",
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const arn = `${stem}-${secretSuffix(`${stem}/${account.count(stem)}`)}`;
  const encryptedWith =
    kmsKeyId === undefined ? undefined : encryptionKey(account, region, kmsKeyId);
  const secret = { type: TYPE, name, arn, region, origin, encryptedWith };
  account.resources.put(secret);
  return secret;
}

/** UpdateSecret: another key. */
export function updateSecretKey(
  account: SimulatedAccount,
  secret: SimulatedResource,
  kmsKeyId: string | undefined,
): void {
  const encryptedWith =
    kmsKeyId === undefined ? undefined : encryptionKey(account, secret.region, kmsKeyId);
  account.resources.put({ ...secret, encryptedWith });
}

/** PutResourcePolicy, or its deletion where no text is given. */
export function putSecretPolicy(
  account: SimulatedAccount,
  arn: string,
  text: ResolvedText | undefined,
): void {
  const secret = tryGetSecret(account, arn);
  if (secret === undefined) {
    throw new AwsError(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    );
  }
  const policy = text === undefined ? undefined : takeResourcePolicy(account, "secret", text, arn);
  account.resources.put({ ...secret, policy });
}

/** DeleteSecret: its name stays taken while the recovery window is open, unless there is none. */
export function deleteSecret(
  account: SimulatedAccount,
  secret: SimulatedResource,
  recoveryWindowInDays: number,
): void {
  account.resources.delete(secret.arn);
  if (recoveryWindowInDays === 0) return;
  account.recoverableSecrets.add(
    account.regionalArn("secretsmanager", secret.region, `secret:${secret.name}`),
  );
}

/** The secret of that ARN; undefined when there is none. */
export function tryGetSecret(
  account: SimulatedAccount,
  arn: string,
): SimulatedResource | undefined {
  const found = account.resources.tryGet(arn);
  return found?.type === TYPE ? found : undefined;
}

function tryFindSecret(account: SimulatedAccount, stem: string): SimulatedResource | undefined {
  return account.resources
    .values()
    .find(({ type, arn }) => type === TYPE && arn.slice(0, -SUFFIX_LENGTH) === stem);
}

const SUFFIX_LENGTH = "-AbCdEf".length;

function encryptionKey(account: SimulatedAccount, region: string, kmsKeyId: string): string {
  const arn = kmsKeyId.startsWith("alias/")
    ? account.regionalArn("kms", region, kmsKeyId)
    : keyArnOf(account, region, kmsKeyId);
  return tryFindKey(account.all, arn)?.key.arn ?? arn;
}
