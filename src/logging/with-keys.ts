import { logKeyAliasArn, type AccountLogging, type LogBucket } from "./logs";

/**
 * `logs` as a lock has it: with the key's ARN wherever the logs' key is confirmed. AWS chooses a key's
 * ID, so trails and delivery channels of other accounts name no key until then. The logs account's own
 * have a reference to it from the start, and stay as they are.
 */
export function loggingWithKeys<T extends AccountLogging>(
  logging: readonly T[],
  keys: Readonly<Record<string, string>>,
): readonly T[] {
  const confirmed = new Map(
    logging
      .flatMap(({ buckets }) => buckets)
      .flatMap((bucket) => {
        const keyArn = tryFindKey(bucket, keys);
        return keyArn === undefined ? [] : [[bucket.bucket, keyArn]];
      }),
  );
  if (confirmed.size === 0) return logging;
  const withKey = <U extends { readonly bucket: string }>(each: U): U => {
    const keyArn = confirmed.get(each.bucket);
    return keyArn === undefined ? each : { ...each, keyArn };
  };
  return logging.map((account) =>
    account.buckets.length > 0
      ? {
          ...account,
          buckets: account.buckets.map((bucket) =>
            bucket.key === undefined
              ? bucket
              : { ...bucket, key: { ...bucket.key, keyArn: confirmed.get(bucket.bucket) } },
          ),
        }
      : {
          ...account,
          ...(account.trail !== undefined && { trail: withKey(account.trail) }),
          config: account.config.map((recording) =>
            recording.recorder === "existing" ? recording : withKey(recording),
          ),
        },
  );
}

function tryFindKey(bucket: LogBucket, keys: Readonly<Record<string, string>>): string | undefined {
  if (bucket.key === undefined) return undefined;
  const alias = logKeyAliasArn(bucket, bucket.key);
  return Object.hasOwn(keys, alias) ? keys[alias] : undefined;
}
