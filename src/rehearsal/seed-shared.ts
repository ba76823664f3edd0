import type { SharedResource, SharedSecret } from "../sharing/shared-resource";
import { sharedArn } from "../sharing/shared-arn";
import { bucketArn } from "./aws/all-accounts";
import { createBucket } from "./aws/buckets";
import { seedKey } from "./aws/kms-keys";
import { createNamed, namedArn, type NamedType } from "./aws/named-resources";
import { createServiceLinkedRole, serviceLinkedRoleName } from "./aws/service-linked-roles";
import type { SimulatedAccount } from "./aws/simulated-account";
import { OUTSIDE } from "./seed";
import type { SimulatedAws } from "./simulated-aws";

/**
 * Makes what existed of a shared resource before the rollout: an `existing` one, without a policy (a
 * key with AWS's own), and the existing key of a secret. What is there already stays.
 */
export function seedShared(aws: SimulatedAws, resource: SharedResource): void {
  if (resource.type === "secret") seedSecretKey(aws, resource);
  if (resource.ownership !== "existing") return;
  const { accountId, region, name } = resource;
  const account = aws.account(accountId);
  const origin = { stack: OUTSIDE, address: sharedArn(resource) };
  switch (resource.type) {
    case "kms-key":
      return seedKey(account, { region, alias: name, arn: resource.keyArn, origin });
    case "secret": {
      const encryptedWith = resource.key.keyArn;
      const arn = resource.secretArn ?? sharedArn(resource);
      const type = "aws_secretsmanager_secret";
      account.resources.put({ type, name, arn, region, encryptedWith, origin });
      return;
    }
    case "s3-bucket":
      if (account.buckets.tryGet(bucketArn(account, name)) === undefined) {
        createBucket(account, { name, region, origin });
      }
      return;
    case "lambda-function": {
      const arn = sharedArn(resource);
      const type = "aws_lambda_function";
      account.functions.put({ type, name, arn, region, permissions: new Map(), origin });
      return;
    }
    case "ecr-repository":
      return seedNamed(account, "aws_ecr_repository", resource);
    case "sns-topic":
      return seedNamed(account, "aws_sns_topic", resource);
    case "sqs-queue":
      return seedNamed(account, "aws_sqs_queue", resource);
    case "event-bus":
      return seedNamed(account, "aws_cloudwatch_event_bus", resource);
  }
}

/** Makes the role that a service made for itself when it was first used, such as `autoscaling`'s. */
export function seedServiceLinkedRole(
  aws: SimulatedAws,
  accountId: string,
  service: string,
): string {
  const account = aws.account(accountId);
  const name = serviceLinkedRoleName(service);
  if (name === undefined) throw new Error(`${service}: the name of its role is not known`);
  const origin = { stack: OUTSIDE, address: name };
  const role =
    account.roles.tryGet(name) ?? createServiceLinkedRole(account, { service, name, origin });
  return role.arn;
}

/** Makes an AWS Config recorder that existed before the rollout, with a role of its own. */
export function seedRecorder(aws: SimulatedAws, accountId: string, region: string): void {
  const account = aws.account(accountId);
  const name = "default";
  const arn = account.regionalArn("config", region, `configuration-recorder/${name}`);
  const roleArn = account.arnOf("role", "/", "aws-controltower-ConfigRecorderRole");
  const type = "aws_config_configuration_recorder";
  const origin = { stack: OUTSIDE, address: arn };
  account.recorders.put({ type, name, arn, region, roleArn, recording: true, origin });
}

function seedSecretKey(aws: SimulatedAws, { key }: SharedSecret): void {
  if (key.ownership !== "existing" || key.keyArn === undefined) return;
  const [, , , region, accountId] = key.keyArn.split(":");
  const origin = { stack: OUTSIDE, address: key.keyArn };
  seedKey(aws.account(accountId), { region, arn: key.keyArn, origin });
}

function seedNamed(account: SimulatedAccount, type: NamedType, resource: SharedResource): void {
  const { region, name } = resource;
  if (account.resources.tryGet(namedArn(account, type, region, name)) !== undefined) return;
  const origin = { stack: OUTSIDE, address: sharedArn(resource) };
  createNamed(account, type, { name, region, origin });
}
