import type { Origin } from "../../estate/estate";
import type { Caller } from "../../iam/evaluation/request";
import { identityPoliciesOf, permissionsBoundaryOf } from "../identity-policies";
import { serviceCaller } from "./access-refusal";
import { tryFindBucket, tryFindKey } from "./all-accounts";
import { AwsError } from "./aws-error";
import { tryFindChannel, tryFindRecorder } from "./config-recorders";
import { bucketRefusal, keyRefusal, type LogDelivery } from "./log-delivery";
import type { SimulatedAccount } from "./simulated-account";
import type { ConfigRecorder, SimulatedResource } from "./simulated-resources";

/** A delivery channel as it is to be. */
export interface ChannelSettings {
  readonly name: string;
  readonly region: string;
  readonly bucketName: string;
  /** @default - none */
  readonly keyPrefix?: string;
  /** @default - the bucket's own encryption */
  readonly kmsKeyArn?: string;
}

/**
 * PutDeliveryChannel: makes the channel, or changes the one of its name. Refused without a recorder,
 * and unless the bucket and the key let AWS Config write: by its service principal where the recorder
 * has the service-linked role, else by the recorder's role.
 */
export function putChannel(
  account: SimulatedAccount,
  settings: ChannelSettings,
  origin: Origin,
): SimulatedResource {
  const { name, region } = settings;
  const recorder = tryFindRecorder(account, region);
  if (recorder === undefined) {
    throw new AwsError(
      "NoAvailableConfigurationRecorderException",
      "Configuration recorder is not available to put delivery channel.",
      `The account has no recorder in ${region}.`,
    );
  }
  const present = tryFindChannel(account, region);
  if (present !== undefined && present.name !== name) {
    throw new AwsError(
      "MaxNumberOfDeliveryChannelsExceededException",
      `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
      `The account has the delivery channel ${present.name} in ${region}, and AWS Config allows one.`,
    );
  }
  const arn = account.regionalArn("config", region, `delivery-channel/${name}`);
  requireDelivery(account, recorder, arn, settings);
  const channel = { type: "aws_config_delivery_channel", name, arn, region, origin };
  account.resources.put(channel);
  return channel;
}

/** DeleteDeliveryChannel: refused while the recorder runs. */
export function deleteChannel(
  account: SimulatedAccount,
  { arn, name, region }: SimulatedResource,
): void {
  if (tryFindRecorder(account, region)?.recording === true) {
    throw new AwsError(
      "LastDeliveryChannelDeleteFailedException",
      `Failed to delete last specified delivery channel with name '${name}', because there is a running configuration recorder.`,
    );
  }
  account.resources.delete(arn);
}

function requireDelivery(
  account: SimulatedAccount,
  recorder: ConfigRecorder,
  sourceArn: string,
  { bucketName, keyPrefix, kmsKeyArn }: ChannelSettings,
): void {
  if (tryFindBucket(account.all, bucketName) === undefined) {
    throw new AwsError(
      "NoSuchBucketException",
      `Cannot find a S3 bucket with an input bucket name: ${bucketName}.`,
      `The bucket ${bucketName} does not exist.`,
    );
  }
  if (kmsKeyArn !== undefined && tryFindKey(account.all, kmsKeyArn) === undefined) {
    throw new AwsError(
      "InvalidS3KmsKeyArnException",
      `The arn '${kmsKeyArn}' is not a valid kms key arn.`,
      `The key ${kmsKeyArn} does not exist.`,
    );
  }
  const folder = `${keyPrefix === undefined ? "" : `${keyPrefix}/`}AWSLogs/${account.id}/Config`;
  const delivery: LogDelivery = {
    caller: writerOf(account, recorder),
    account,
    sourceArn,
    bucketName,
    objectKey: `${folder}/ConfigWritabilityCheckFile`,
  };
  const noAcl = bucketRefusal(delivery, "s3:GetBucketAcl");
  if (noAcl !== undefined) throw insufficient(bucketName, "unable to get s3 bucket acl.", noAcl);
  const refusal =
    bucketRefusal(delivery, "s3:PutObject") ??
    (kmsKeyArn === undefined ? undefined : keyRefusal(delivery, kmsKeyArn, "kms:GenerateDataKey"));
  if (refusal !== undefined) {
    throw insufficient(
      bucketName,
      `unable to write to bucket, provided s3 key prefix is '${keyPrefix ?? "null"}', provided kms key is '${kmsKeyArn ?? "null"}'.`,
      refusal,
    );
  }
}

function writerOf(account: SimulatedAccount, { roleArn }: ConfigRecorder): Caller {
  if (roleArn.includes(":role/aws-service-role/config.amazonaws.com/")) {
    return serviceCaller("config.amazonaws.com");
  }
  const role = account.roles.get(roleArn.slice(roleArn.lastIndexOf("/") + 1));
  return {
    kind: "role",
    arn: role.arn,
    accountId: account.id,
    uniqueId: role.uniqueId,
    sessionName: "AWSConfig-BucketConfigCheck",
    identityPolicies: identityPoliciesOf(account, role),
    permissionsBoundary: permissionsBoundaryOf(account, role),
  };
}

function insufficient(bucketName: string, what: string, reason: string): AwsError {
  return new AwsError(
    "InsufficientDeliveryPolicyException",
    `Insufficient delivery policy to s3 bucket: ${bucketName}, ${what}`,
    reason,
  );
}
