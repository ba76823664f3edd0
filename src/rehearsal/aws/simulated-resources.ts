import type { Origin } from "../../estate/estate";
import type { ResourcePolicy } from "./resource-policy";

/** A resource of a simulated account. Never changed: each change makes another object. */
export interface SimulatedResource {
  /** As Terraform calls it: `aws_sqs_queue`. */
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** @default - it has none */
  readonly policy?: ResourcePolicy;
  /** ARN of the KMS key that encrypts it. @default - one of AWS's own */
  readonly encryptedWith?: string;
  /** What made it. */
  readonly origin: Origin;
}

/** A KMS key; its name is its key ID. It always has a policy. */
export interface SimulatedKey extends SimulatedResource {
  readonly policy: ResourcePolicy;
  readonly multiRegion: boolean;
  /** ARN of the primary key; undefined for what is no replica. */
  readonly primaryArn?: string;
}

/** A grant on a KMS key. */
export interface KeyGrant {
  /** `KEY-ARN:GRANT-ID`: a grant has no ARN of its own. */
  readonly arn: string;
  readonly keyArn: string;
  /** @default - none */
  readonly name?: string;
  /** Unique ID of the role or user that it is for; a service's or account's name. */
  readonly granteeId: string;
  /** Who may retire it, in the same form. @default - nobody */
  readonly retiringId?: string;
  /** Sorted. */
  readonly operations: readonly string[];
  /** How it looks at the encryption context. @default - it does not */
  readonly constraint?: "EncryptionContextEquals" | "EncryptionContextSubset";
  /** What made it. */
  readonly origin: Origin;
}

/** An alias of a KMS key. */
export interface KeyAlias {
  /** Begins with `alias/`. */
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string;
}

/** An S3 bucket. */
export interface SimulatedBucket extends SimulatedResource {
  readonly objectLock: boolean;
  /** Terraform type of a setting (`aws_s3_bucket_versioning`) to what was set, as JSON. */
  readonly settings: ReadonlyMap<string, string>;
}

/** An AWS Config recorder: one per account and region. */
export interface ConfigRecorder extends SimulatedResource {
  readonly roleArn: string;
  readonly recording: boolean;
}

/** A Lambda function; its policy is made of permissions. */
export interface SimulatedFunction extends SimulatedResource {
  /** By statement ID: a policy of one statement. */
  readonly permissions: ReadonlyMap<string, ResourcePolicy>;
}
