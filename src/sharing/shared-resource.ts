import type { Partition } from "../iam/arn";
import type { Statement } from "../iam/policy-document";
import type { AccountTrust, PrincipalTrust } from "../trust/trust";

/** Whom a resource may be shared with: roles and users go through stages, whole accounts do not. */
export type SharingTrust = PrincipalTrust | AccountTrust;

/** What every shared resource is, in one account and region. */
interface SharedCommon {
  readonly partition: Partition;
  /** The owning account, 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** As AWS names it; a key by its alias, without `alias/`. */
  readonly name: string;
  /** `existing`: its policy is ours, the resource is not. */
  readonly ownership: "defined" | "existing";
  /** At least one; each at the stage that its lock entry gives it. */
  readonly trusts: readonly SharingTrust[];
  /** Statements of others that stay in the one policy document that the resource has. */
  readonly keep: readonly Statement[];
}

/** A grant on a key to a service-linked role of the maker's own account, made by whoever deploys it. */
export interface AllowedGrant {
  /** Who makes the grant: the account's execution role, or the account where there is none. */
  readonly maker: SharingTrust;
  /** ARN of the service-linked role; goes into `kms:GranteePrincipal`. */
  readonly granteeArn: string;
}

/** A customer managed KMS key. Its key ID is AWS's choice: policies elsewhere wait until it is confirmed. */
export interface SharedKmsKey extends SharedCommon {
  readonly type: "kms-key";
  /** `arn:…:key/…`, from the lock or, of an existing key, from the file. */
  readonly keyArn?: string;
  /** `ami`: with a grant per using account to its Auto Scaling service-linked role. */
  readonly grants: readonly AllowedGrant[];
  /** Multi-Region keys: replicas name the primary's alias ARN. @default - a key of one Region */
  readonly multiRegion?: "primary" | { readonly replicaOf: string };
  /** Days between the order to delete a key and its deletion, 7 to 30. */
  readonly deletionWindowInDays: number;
  readonly enableKeyRotation: boolean;
}

/** An ECR repository. */
export interface SharedEcrRepository extends SharedCommon {
  readonly type: "ecr-repository";
  /** `lambda`: the using accounts' Lambda functions may be made of its images; includes pull. */
  readonly allow: readonly ("pull" | "push" | "lambda")[];
  readonly scanOnPush: boolean;
  readonly immutableTags: boolean;
  /** Images beyond so many, or untagged for so many days, expire. @default - none do */
  readonly lifecycle?: { readonly keepImages?: number; readonly untaggedDays?: number };
  /** Regions that ECR itself copies pushed images to. */
  readonly replicateTo: readonly string[];
}

/** A Secrets Manager secret, without its value. */
export interface SharedSecret extends SharedCommon {
  readonly type: "secret";
  /** Its customer managed key: the AWS managed key cannot be used across accounts. */
  readonly key: {
    readonly ownership: "defined" | "existing";
    /** Of a key defined here; without `alias/`. */
    readonly alias?: string;
    /** From the lock or, of an existing key, from the file. */
    readonly keyArn?: string;
  };
  /** The full ARN of an existing secret; of a defined one AWS adds six characters to its name. */
  readonly secretArn?: string;
  /** Days between the order to delete a secret and its deletion, 7 to 30. */
  readonly recoveryWindowInDays: number;
}

/** An S3 bucket: owner enforced, public access blocked. */
export interface SharedBucket extends SharedCommon {
  readonly type: "s3-bucket";
  readonly allow: readonly ("read" | "write")[];
  /** Keys that are shared; empty for all, else ends with a slash. */
  readonly prefix: string;
}

/** An SNS topic. */
export interface SharedTopic extends SharedCommon {
  readonly type: "sns-topic";
  readonly allow: readonly ("publish" | "subscribe")[];
}

/** An SQS queue. */
export interface SharedQueue extends SharedCommon {
  readonly type: "sqs-queue";
  readonly allow: readonly ("send" | "receive")[];
}

/** An EventBridge event bus. */
export interface SharedEventBus extends SharedCommon {
  readonly type: "event-bus";
}

/** A Lambda function, always an existing one: its code is not ours. */
export interface SharedFunction extends SharedCommon {
  readonly type: "lambda-function";
}

/** A resource of one account that principals of others may use. */
export type SharedResource =
  | SharedKmsKey
  | SharedEcrRepository
  | SharedSecret
  | SharedBucket
  | SharedTopic
  | SharedQueue
  | SharedEventBus
  | SharedFunction;

/** The type of a shared resource, as `sharing` of the accounts file writes it. */
export type SharedType = SharedResource["type"];
