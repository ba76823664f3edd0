import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { logBucketPolicy } from "../logging/log-bucket-policy";
import { logKeyPolicy } from "../logging/log-key-policy";
import { logTerms } from "../logging/log-terms";
import { logBucketArn, logKeyAliasArn, type LogBucket } from "../logging/logs";
import { ManagedKey } from "./managed-key";
import { PrivateBucket } from "./private-bucket";

/** What the logs account stores. */
export interface LogStorageProps {
  /** At most one for each service; those with a key have the same one. */
  readonly buckets: readonly LogBucket[];
}

/** The buckets of the logs account, which AWS services alone write to, and their key. */
export class LogStorage extends Construct {
  /** Buckets and their policies, and the key: made before anything that writes. */
  readonly dependables: readonly ITerraformDependable[];
  /** Bucket ARN to its terms, for the output `trust_terms`. */
  readonly terms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Alias ARN to a reference to the key's ARN, for the output `shared_keys`. */
  readonly sharedKeys: Readonly<Record<string, string>>;
  private readonly keys: ReadonlyMap<string, ManagedKey>;

  constructor(scope: Construct, id: string, { buckets }: LogStorageProps) {
    super(scope, id);
    const encrypted = buckets.filter((bucket) => bucket.key !== undefined);
    const keyName = encrypted[0]?.key;
    const key =
      keyName === undefined
        ? undefined
        : new ManagedKey(this, "key", {
            alias: keyName.alias,
            policy: logKeyPolicy(encrypted),
            destroy: encrypted.some(({ protect }) => protect) ? "prevent" : "allow",
          });
    this.keys = new Map(
      key === undefined ? [] : encrypted.map(({ bucket }) => [bucket, key] as const),
    );
    const stores = buckets.map(
      (bucket) =>
        new PrivateBucket(this, bucket.service, {
          bucketName: bucket.bucket,
          policy: logBucketPolicy(bucket),
          ...(bucket.key !== undefined && { keyArn: key?.keyArnReference }),
          expireAfterDays: bucket.expireAfterDays,
          archiveAfterDays: bucket.archiveAfterDays,
          objectLock: bucket.objectLock,
          destroy: bucket.protect ? "prevent" : "allow",
        }),
    );
    this.dependables = [
      ...stores.flatMap(({ dependables }) => dependables),
      ...(key === undefined ? [] : [key.dependable]),
    ];
    this.terms = Object.fromEntries(
      buckets.map((bucket) => [logBucketArn(bucket), logTerms(bucket)]),
    );
    this.sharedKeys =
      key === undefined || keyName === undefined
        ? {}
        : { [logKeyAliasArn(encrypted[0], keyName)]: key.keyArnReference };
  }

  /** A reference to the ARN of a bucket's key; undefined for a bucket of another stack. */
  tryKeyArnReference(bucketName: string): string | undefined {
    return this.keys.get(bucketName)?.keyArnReference;
  }
}
