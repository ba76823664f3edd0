import type { Origin } from "../../estate/estate";
import { serviceCaller } from "./access-refusal";
import { tryFindBucket, tryFindKey } from "./all-accounts";
import { AwsError } from "./aws-error";
import { keyArnOf } from "./kms-keys";
import { bucketRefusal, keyRefusal, type LogDelivery } from "./log-delivery";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedResource } from "./simulated-resources";

/** A CloudTrail trail as it is to be. */
export interface TrailSettings {
  readonly name: string;
  readonly region: string;
  readonly bucketName: string;
  /** @default - none */
  readonly keyPrefix?: string;
  /** Key ID, or ARN of a key or alias. @default - S3's own encryption */
  readonly kmsKeyId?: string;
  /** Whether it takes the logs of all accounts of the organization. */
  readonly organization: boolean;
}

/**
 * CreateTrail: refused for a name that is taken, and unless the bucket takes the logs and the key
 * encrypts them. That only the management account makes an organization trail is not simulated.
 */
export function createTrail(
  account: SimulatedAccount,
  settings: TrailSettings,
  origin: Origin,
): SimulatedResource {
  const { name, region } = settings;
  const arn = account.regionalArn("cloudtrail", region, `trail/${name}`);
  if (account.resources.tryGet(arn) !== undefined) {
    throw new AwsError(
      "TrailAlreadyExistsException",
      `Trail ${name} already exists for customer: ${account.id}`,
    );
  }
  requireDelivery(account, arn, settings);
  const trail = { type: "aws_cloudtrail", name, arn, region, origin };
  account.resources.put(trail);
  return trail;
}

/** UpdateTrail: refused like its making; of CloudTrail's requests only these two look at the bucket. */
export function requireDelivery(
  account: SimulatedAccount,
  arn: string,
  { bucketName, keyPrefix, kmsKeyId, organization, region }: TrailSettings,
): void {
  const folder = `${keyPrefix === undefined ? "" : `${keyPrefix}/`}AWSLogs`;
  const owners = [account.id, ...(organization ? [account.organizationId ?? account.id] : [])];
  const deliveries = owners.map((owner): LogDelivery => ({
    caller: serviceCaller("cloudtrail.amazonaws.com"),
    account,
    sourceArn: arn,
    bucketName,
    objectKey: `${folder}/${owner}/CloudTrail/${region}/log.json.gz`,
  }));
  if (tryFindBucket(account.all, bucketName) === undefined) {
    throw new AwsError(
      "S3BucketDoesNotExistException",
      `S3 bucket ${bucketName} does not exist!`,
      `The bucket ${bucketName} does not exist.`,
    );
  }
  for (const delivery of deliveries) {
    const refusal =
      bucketRefusal(delivery, "s3:GetBucketAcl") ?? bucketRefusal(delivery, "s3:PutObject");
    if (refusal !== undefined) {
      throw new AwsError(
        "InsufficientS3BucketPolicyException",
        `Incorrect S3 bucket policy is detected for bucket: ${bucketName}`,
        refusal,
      );
    }
  }
  if (kmsKeyId !== undefined) requireKey(deliveries[0], keyArnOf(account, region, kmsKeyId));
}

function requireKey(delivery: LogDelivery, keyArn: string): void {
  const { account, bucketName, sourceArn } = delivery;
  if (tryFindKey(account.all, keyArn) === undefined) {
    throw new AwsError(
      "KmsKeyNotFoundException",
      `The KMS key ${keyArn} does not exist.`,
      `The key ${keyArn} does not exist.`,
    );
  }
  const refusal =
    keyRefusal(delivery, keyArn, "kms:DescribeKey") ??
    keyRefusal(delivery, keyArn, "kms:GenerateDataKey", {
      "kms:EncryptionContext:aws:cloudtrail:arn": sourceArn,
    });
  if (refusal === undefined) return;
  throw new AwsError(
    "InsufficientEncryptionPolicyException",
    `Insufficient permissions to access S3 bucket ${bucketName} or KMS key ${keyArn}.`,
    refusal,
  );
}
