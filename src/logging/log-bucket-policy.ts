import { policyDocument, type PolicyDocument, type Statement } from "../iam/policy-document";
import { sourceConditions } from "./log-sources";
import { logBucketArn, type LogBucket } from "./logs";

/** What each service does with its bucket (CloudTrail and AWS Config user guides, "bucket policy"). */
const SERVICES = {
  cloudtrail: {
    sid: "CloudTrailWrites",
    principal: "cloudtrail.amazonaws.com",
    actions: ["s3:GetBucketAcl", "s3:PutObject"],
  },
  config: {
    sid: "ConfigWrites",
    principal: "config.amazonaws.com",
    actions: ["s3:GetBucketAcl", "s3:ListBucket", "s3:PutObject"],
  },
} as const;

/**
 * The policy of a log bucket: its service may write for the sources, nobody may come without TLS, and
 * no principal of any account is named.
 *
 * One statement has all actions, so that a list of accounts stands in the policy once
 * (docs/decisions/log-policies.md). The usual condition on `s3:x-amz-acl` is left out: the bucket is
 * owner enforced, so S3 itself refuses any other ACL.
 */
export function logBucketPolicy(bucket: LogBucket): PolicyDocument {
  const bucketArn = logBucketArn(bucket);
  return policyDocument([
    serviceStatement(bucket),
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

function serviceStatement(bucket: LogBucket): Statement {
  const { sid, principal, actions } = SERVICES[bucket.service];
  const bucketArn = logBucketArn(bucket);
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: principal },
    Action: actions,
    Resource: [bucketArn, ...keysOf(bucket).map((key) => `${bucketArn}/${key}`)],
    Condition: sourceConditions(bucket.sources),
  };
}

/** The objects that the service writes: it puts the account's ID into each key itself. */
function keysOf({ service, sources }: LogBucket): readonly string[] {
  if (sources.kind === "organization-trail") {
    return [`AWSLogs/${sources.accountId}/*`, `AWSLogs/${sources.organizationId}/*`];
  }
  return service === "config" ? ["AWSLogs/*/Config/*"] : ["AWSLogs/*"];
}
