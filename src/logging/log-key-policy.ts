import { accountPrincipalArn } from "../iam/arn";
import {
  oneOrMany,
  policyDocument,
  type PolicyDocument,
  type Statement,
} from "../iam/policy-document";
import { sourceConditions } from "./log-sources";
import type { LogBucket } from "./logs";

/**
 * What each service does with the key of its bucket. CloudTrail decrypts to check a bucket that has an
 * S3 Bucket Key (CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"); AWS Config
 * writes as the service, because its service-linked role has no permission on keys (AWS Config
 * Developer Guide, "Permissions for the KMS Key for the AWS Config Delivery Channel").
 */
const ACTIONS = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"] as const;

/**
 * The policy of the logs account's key, for the buckets that it encrypts (at least one): the account
 * itself administers it, and its IAM policies say who reads; the services write for their sources.
 *
 * Buckets with the same sources share a statement, so that a list of accounts stands in it once.
 */
export function logKeyPolicy(buckets: readonly LogBucket[]): PolicyDocument {
  const [{ partition, accountId }] = buckets;
  return policyDocument([
    {
      Sid: "Administration",
      Effect: "Allow",
      Principal: { AWS: accountPrincipalArn(partition, accountId) },
      Action: "kms:*",
      Resource: "*",
    },
    ...bySources(buckets).map(serviceStatement),
  ]);
}

function serviceStatement(buckets: readonly LogBucket[]): Statement {
  return {
    Effect: "Allow",
    Principal: {
      Service: oneOrMany(buckets.map(({ service }) => `${service}.amazonaws.com`).sort()),
    },
    Action: ACTIONS,
    Resource: "*",
    Condition: sourceConditions(buckets[0].sources),
  };
}

/** Buckets with the same sources together, in the order of their services. */
function bySources(buckets: readonly LogBucket[]): readonly (readonly LogBucket[])[] {
  const groups = new Map<string, LogBucket[]>();
  for (const bucket of [...buckets].sort((a, b) => (a.service < b.service ? -1 : 1))) {
    const key = JSON.stringify(bucket.sources);
    groups.set(key, [...(groups.get(key) ?? []), bucket]);
  }
  return [...groups.values()];
}
