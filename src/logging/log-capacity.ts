import type { PolicyDocument } from "../iam/policy-document";
import { logBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import type { LogBucket, LogSources } from "./logs";

/** Bytes of a bucket policy; AWS does not raise it (S3 User Guide, "Bucket policies": 20 KB). */
export const BUCKET_POLICY_SIZE = 20_480;

/** Bytes of a key policy; AWS does not raise it (KMS Developer Guide, "Resource quotas": 32 KB). */
export const KEY_POLICY_SIZE = 32_768;

/** How many accounts a policy lists, and how many it can list. */
export interface LogCapacity {
  /** What is limited, as a message names it. */
  readonly policy: string;
  readonly quota: number;
  /** Accounts that the policy lists; of several lists the longest. */
  readonly accounts: number;
  /** Accounts that fit, those that are listed included. */
  readonly fit: number;
}

/** The policies of these buckets, and of their key, that list accounts; by organization none does. */
export function logCapacities(buckets: readonly LogBucket[]): readonly LogCapacity[] {
  const encrypted = buckets.filter(({ key }) => key !== undefined);
  return [
    ...buckets.flatMap((bucket) =>
      capacity(`the policy of bucket ${bucket.bucket}`, BUCKET_POLICY_SIZE, [bucket], ([one]) =>
        logBucketPolicy(one),
      ),
    ),
    ...capacity(`the policy of the logs' key`, KEY_POLICY_SIZE, encrypted, logKeyPolicy),
  ];
}

/**
 * Account IDs all have 12 digits, so a policy's size follows from the number of accounts alone, and
 * from the second account on grows by the same for each. Where two lists stay apart both grow, as they
 * do when an account is added.
 */
function capacity(
  policy: string,
  quota: number,
  buckets: readonly LogBucket[],
  render: (buckets: readonly LogBucket[]) => PolicyDocument,
): readonly LogCapacity[] {
  const counts = buckets.flatMap(({ sources }) => countOf(sources));
  if (counts.length === 0) return [];
  const accounts = Math.max(...counts);
  const sizeWith = (more: number): number =>
    Buffer.byteLength(
      JSON.stringify(
        render(buckets.map((each) => ({ ...each, sources: grown(each.sources, more) }))),
      ),
    );
  const first = sizeWith(FIRST);
  const each = sizeWith(FIRST + 1) - first;
  return [{ policy, quota, accounts, fit: accounts + FIRST + Math.floor((quota - first) / each) }];
}

/** So many more that every list has two accounts and thus its brackets. */
const FIRST = 2;

function countOf(sources: LogSources): readonly number[] {
  return sources.kind === "accounts" ? [sources.accountIds.length] : [];
}

function grown(sources: LogSources, more: number): LogSources {
  if (sources.kind !== "accounts") return sources;
  const madeUp = Array.from({ length: more }, () => "0".repeat(12));
  return { ...sources, accountIds: [...sources.accountIds, ...madeUp] };
}
