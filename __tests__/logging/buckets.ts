import type { LogBucket } from "../../src/logging/logs";

/** The logs account. */
export const LOGS = "111122223333";

/** A log bucket: what matters is said, the rest is usual. */
export function logBucket(
  bucket: Pick<LogBucket, "service" | "sources"> & Partial<LogBucket>,
): LogBucket {
  return {
    partition: "aws",
    accountId: LOGS,
    region: "eu-west-1",
    bucket: `acme-${bucket.service}`,
    protect: true,
    ...bucket,
  };
}

/** A bucket whose policy lists so many accounts. */
export function listingBucket(
  service: LogBucket["service"],
  count: number,
  more: Partial<LogBucket> = {},
): LogBucket {
  const accountIds = Array.from({ length: count }, (_, each) => `${200000000000 + each}`);
  return logBucket({ service, sources: { kind: "accounts", accountIds }, ...more });
}
