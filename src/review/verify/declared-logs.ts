import { conditionDemands, type LabelledCondition } from "./condition-demands";
import type { LogBucket, LogKey } from "../../logging/logs";
import { logBucketArn, logKeyAliasArn } from "../../logging/logs";
import type { Model } from "../../model/model";
import {
  KEY_ADMINISTRATION,
  ORDINARY,
  type DeclaredResource,
  type ResourceWay,
} from "./declared-resource";
import { only } from "./declared-way";
import { oneOf, TLS } from "./demands";

/** What `logs` means for the buckets of the logs account and their key: services write, and nobody else. */
export function declaredLogs({ logging }: Model): readonly DeclaredResource[] {
  return logging.flatMap(({ stack, buckets }) => [
    ...buckets.map((bucket) => bucketOf(stack, bucket)),
    ...keysOf(stack, buckets),
  ]);
}

function bucketOf(stack: string, bucket: LogBucket): DeclaredResource {
  const arn = logBucketArn(bucket);
  const demands = [TLS];
  return {
    ...ORDINARY,
    stack,
    accountId: bucket.accountId,
    arn,
    ways: [
      {
        ...serviceOf(bucket),
        uses: [
          { action: "s3:GetBucketAcl", demands },
          ...(bucket.service === "config" ? [{ action: "s3:ListBucket", demands }] : []),
          ...partsOf(bucket).map((part) => ({
            action: "s3:PutObject",
            part: `${arn}/${part}`,
            demands,
          })),
        ],
      },
    ],
  };
}

/** The objects that the service writes (CloudTrail and AWS Config user guides, "bucket policy"). */
function partsOf({ service, sources }: LogBucket): readonly string[] {
  if (sources.kind === "organization-trail") {
    return [`AWSLogs/${sources.accountId}/*`, `AWSLogs/${sources.organizationId}/*`];
  }
  return [service === "config" ? "AWSLogs/*/Config/*" : "AWSLogs/*"];
}

function keysOf(stack: string, buckets: readonly LogBucket[]): readonly DeclaredResource[] {
  const byAlias = new Map<string, { readonly key: LogKey; readonly ways: ResourceWay[] }>();
  for (const bucket of buckets) {
    const { key } = bucket;
    if (key === undefined) continue;
    const alias = logKeyAliasArn(bucket, key);
    const known = byAlias.get(alias) ?? { key, ways: [] };
    byAlias.set(alias, known);
    known.ways.push({ ...serviceOf(bucket), uses: KEY_ACTIONS.map((action) => ({ action })) });
  }
  return [...byAlias].map(([alias, { key, ways }]) => ({
    ...ORDINARY,
    stack,
    accountId: alias.split(":")[4],
    arn: alias,
    otherArns: key.keyArn === undefined ? [] : [key.keyArn],
    ways,
    ...KEY_ADMINISTRATION,
  }));
}

/** What both services do with the key: they check the bucket, and encrypt. */
const KEY_ACTIONS = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"] as const;

function serviceOf({ service, sources }: LogBucket): Omit<ResourceWay, "uses"> {
  return { ...only(`${service}.amazonaws.com`), demands: conditionDemands([sourceOf(sources)]) };
}

/** On behalf of whom the service writes. */
function sourceOf(sources: LogBucket["sources"]): LabelledCondition {
  switch (sources.kind) {
    case "organization":
      return oneOf("aws:SourceOrgID", "organization", [sources.organizationId]);
    case "accounts":
      return oneOf("aws:SourceAccount", "account", sources.accountIds);
    case "organization-trail":
      return oneOf("aws:SourceArn", "trail", [sources.trailArn]);
  }
}
