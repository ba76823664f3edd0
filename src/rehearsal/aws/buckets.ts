import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { bucketArn } from "./all-accounts";
import { AwsError } from "./aws-error";
import { takeResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedBucket } from "./simulated-resources";

/** What a bucket is made with. */
export interface NewBucket {
  readonly name: string;
  readonly region: string;
  /** @default false */
  readonly objectLock?: boolean;
  readonly origin: Origin;
}

/** CreateBucket: refused for a name that any account has. */
export function createBucket(account: SimulatedAccount, input: NewBucket): SimulatedBucket {
  const owner = account.all.bucketOwners.get(input.name);
  if (owner === account) {
    throw new AwsError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
    );
  }
  if (owner !== undefined) {
    throw new AwsError(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      `Account ${owner.id} has a bucket of that name.`,
    );
  }
  const bucket: SimulatedBucket = {
    type: "aws_s3_bucket",
    ...input,
    arn: bucketArn(account, input.name),
    objectLock: input.objectLock === true,
    settings: new Map(),
  };
  account.all.bucketOwners.set(bucket.name, account);
  account.buckets.put(bucket);
  return bucket;
}

/** DeleteBucket; that a bucket must be empty is not simulated. */
export function deleteBucket(account: SimulatedAccount, { name, arn }: SimulatedBucket): void {
  account.all.bucketOwners.delete(name);
  account.buckets.delete(arn);
}

/** A bucket of the account; refused with `NoSuchBucket`. */
export function bucketOf(account: SimulatedAccount, name: string): SimulatedBucket {
  const bucket = account.buckets.tryGet(bucketArn(account, name));
  if (bucket !== undefined) return bucket;
  throw account.all.bucketOwners.has(name)
    ? new AwsError("AccessDenied", "Access Denied", "The bucket is another account's.")
    : new AwsError("NoSuchBucket", "The specified bucket does not exist");
}

/** PutBucketPolicy. */
export function putBucketPolicy(
  account: SimulatedAccount,
  bucketName: string,
  text: ResolvedText,
): void {
  const bucket = bucketOf(account, bucketName);
  const policy = takeResourcePolicy(account, "s3-bucket", text, bucket.arn);
  account.buckets.put({ ...bucket, policy });
}

/** Sets what has a Terraform resource of its own at a bucket; undefined takes the setting away. */
export function setBucketSetting(
  account: SimulatedAccount,
  bucketName: string,
  type: string,
  value: string | undefined,
): void {
  const bucket = bucketOf(account, bucketName);
  if (type === OBJECT_LOCK && value !== undefined && !takesObjectLock(bucket)) {
    throw new AwsError(
      "InvalidBucketState",
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      "Object lock needs object_lock_enabled on the bucket, or its versioning.",
    );
  }
  const settings = new Map(bucket.settings);
  if (value === undefined) settings.delete(type);
  else settings.set(type, value);
  account.buckets.put({ ...bucket, settings });
}

const OBJECT_LOCK = "aws_s3_bucket_object_lock_configuration";

function takesObjectLock({ objectLock, settings }: SimulatedBucket): boolean {
  return objectLock || settings.get("aws_s3_bucket_versioning")?.includes('"Enabled"') === true;
}
