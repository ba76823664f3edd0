import type { Partition } from "../iam/arn";

/**
 * Whose logs a bucket takes: every account of an organization, or those listed (sorted account IDs),
 * which must be told of each new one.
 */
export type LogSources =
  | { readonly kind: "organization"; readonly organizationId: string }
  | { readonly kind: "accounts"; readonly accountIds: readonly string[] };

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
  /** Of the organization trail, which is the management account's. @default - no such trail */
  readonly organizationTrailArn?: string;
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
export function logBucketArn({ partition, bucket }: LogBucket): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** A trail of one account, or of the whole organization from the management account. */
export interface Trail {
  readonly name: string;
  readonly kind: "account" | "organization";
  readonly bucket: string;
  readonly keyArn?: string;
}

/** AWS Config in one Region of an account. */
export interface ConfigRecording {
  readonly region: string;
  /** `existing`: a recorder is there already (Control Tower makes one): only the authorization is ours. */
  readonly recorder: "defined" | "existing";
  readonly bucket: string;
  readonly keyArn?: string;
  /** Who may aggregate; undefined where there is no aggregator, or where it reads the organization. */
  readonly aggregator?: { readonly accountId: string; readonly region: string };
  /** Global resources (IAM) are recorded in one Region alone. */
  readonly includeGlobalResources: boolean;
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
