import { digestOf } from "../trust/trust-terms";
import { logBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import { sourcesByName } from "./log-sources";
import type { ConfigAggregator, LogBucket } from "./logs";

/** Whom a policy or a list names, to a digest of how: what a deployed stack says in `trust_terms`. */
export type LogTerms = Readonly<Record<string, string>>;

/**
 * The terms of a log bucket: whose logs it takes, to a digest of what its policy and its key's say of
 * each source. A deployed stack that says other terms is due.
 */
export function logTerms(bucket: LogBucket): LogTerms {
  return Object.fromEntries(
    [...sourcesByName(bucket.sources)].map(([name, sources]) => {
      const alone = { ...bucket, sources };
      const policies = [
        logBucketPolicy(alone),
        ...(bucket.key === undefined ? [] : [logKeyPolicy([alone])]),
      ];
      return [name, digestOf(policies)];
    }),
  );
}

/** The terms of the aggregator: from which accounts it reads, to a digest of where. */
export function aggregatorTerms({ accountIds, regions }: ConfigAggregator): LogTerms {
  const digest = digestOf(regions);
  return Object.fromEntries(accountIds.map((id) => [`account ${id}`, digest]));
}
