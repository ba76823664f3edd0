import type { Partition } from "../iam/arn";

/**
 * Whose logs a bucket takes: every account of an organization; those listed (sorted account IDs),
 * which must be told of each new one; or one trail alone, which writes for a whole organization.
 */
export type LogSources =
  | { readonly kind: "organization"; readonly organizationId: string }
  | { readonly kind: "accounts"; readonly accountIds: readonly string[] }
  | {
      readonly kind: "organization-trail";
      readonly organizationId: string;
      /** The management account, 12 digits: whose trail it is. */
      readonly accountId: string;
      readonly trailArn: string;
    };

/** A customer managed key of the logs account. */
export interface LogKey {
  /** Without `alias/`. */
  readonly alias: string;
  /** From the lock: trails and channels of other accounts wait until it is confirmed. */
  readonly keyArn?: string;
}

/** A bucket of the logs account, written by AWS services alone. */
export interface LogBucket {
  readonly service: "cloudtrail" | "config";
  readonly partition: Partition;
  /** The logs account, 12 digits. */
  readonly accountId: string;
  readonly region: string;
  readonly bucket: string;
  readonly sources: LogSources;
  /** @default - S3's own encryption (SSE-S3) */
  readonly key?: LogKey;
  /** Days until objects expire. @default - they stay */
  readonly expireAfterDays?: number;
  /** Days until objects move to Glacier. @default - they stay where they are */
  readonly archiveAfterDays?: number;
  /** Object lock: `compliance` keeps objects even from the account's own administrators. @default - none */
  readonly objectLock?: { readonly mode: "governance" | "compliance"; readonly days: number };
  /** Whether Terraform refuses to destroy it. */
  readonly protect: boolean;
}

/** The ARN of a log bucket. */
export function logBucketArn({
  partition,
  bucket,
}: Pick<LogBucket, "partition" | "bucket">): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** The ARN of the alias by which the logs' key is known before it exists. */
export function logKeyAliasArn(bucket: LogBucket, key: LogKey): string {
  return `arn:${bucket.partition}:kms:${bucket.region}:${bucket.accountId}:alias/${key.alias}`;
}

/** A trail of one account, or of the whole organization from the management account. */
export interface Trail {
  readonly name: string;
  readonly kind: "account" | "organization";
  readonly bucket: string;
  readonly keyArn?: string;
}

/** AWS Config in one Region of an account. */
export type ConfigRecording = OwnRecording | OthersRecording;

interface RecordedRegion {
  readonly region: string;
  /** Who may aggregate. @default - there is no aggregator */
  readonly aggregator?: { readonly accountId: string; readonly region: string };
}

/** A recorder and a delivery channel of ours. */
export interface OwnRecording extends RecordedRegion {
  readonly recorder: "defined";
  readonly bucket: string;
  readonly keyArn?: string;
  /** Global resources (IAM) are recorded in one Region alone. */
  readonly includeGlobalResources: boolean;
}

/** A recorder that is there already (Control Tower makes one): only the authorization is ours. */
export interface OthersRecording extends RecordedRegion {
  readonly recorder: "existing";
}

/** The aggregator of the logs account. */
export interface ConfigAggregator {
  readonly name: string;
  readonly partition: Partition;
  readonly accountId: string;
  readonly region: string;
  /** PutConfigurationAggregator replaces the list: it is always whole. Sorted. */
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
}

/**
 * How outputs and the lock know the aggregator: like its ARN, but by name, because AWS chooses the ID
 * in the real one.
 */
export function aggregatorKey(aggregator: ConfigAggregator): string {
  const { partition, region, accountId, name } = aggregator;
  return `arn:${partition}:config:${region}:${accountId}:config-aggregator/${name}`;
}

/** What one account's stack defines of `logs`. */
export interface AccountLogging {
  /** Buckets and their keys, in the logs account. */
  readonly buckets: readonly LogBucket[];
  readonly aggregator?: ConfigAggregator;
  readonly trail?: Trail;
  readonly config: readonly ConfigRecording[];
  /** `existing`: the account has AWSServiceRoleForConfig already. */
  readonly configServiceLinkedRole: "defined" | "existing";
}
