import type { SharedType } from "./shared-resource";

/** What AWS counts of the policy of a resource. */
export type PolicyMeasure = "bytes" | "principals" | "statements";

/** How much of each a policy may have. */
export type PolicyQuota = Readonly<Partial<Record<PolicyMeasure, number>>> & {
  readonly bytes: number;
};

/**
 * The quotas of resource policies. AWS raises none of them, but for the event bus's.
 *
 * - KMS Developer Guide, "Resource quotas": 32 KB (32,768 bytes).
 * - ECR API Reference, SetRepositoryPolicy: `policyText` of 10,240 characters.
 * - Secrets Manager API Reference, PutResourcePolicy: `ResourcePolicy` of 20,480 characters.
 * - S3 User Guide, "Bucket policies": 20 KB.
 * - SNS Developer Guide, "Amazon SNS API permissions": 30 KB, 100 statements, 200 principals.
 * - SQS Developer Guide, "Amazon SQS policy quotas": 8,192 bytes, 20 statements, 50 principals.
 * - EventBridge User Guide, "Amazon EventBridge quotas": 10,240 characters, raised on request.
 * - Lambda Developer Guide, "Lambda quotas": 20 KB.
 */
export const POLICY_QUOTAS: Readonly<Record<SharedType, PolicyQuota>> = {
  "kms-key": { bytes: 32_768 },
  "ecr-repository": { bytes: 10_240 },
  secret: { bytes: 20_480 },
  "s3-bucket": { bytes: 20_480 },
  "sns-topic": { bytes: 30_720, statements: 100, principals: 200 },
  "sqs-queue": { bytes: 8_192, statements: 20, principals: 50 },
  "event-bus": { bytes: 10_240 },
  "lambda-function": { bytes: 20_480 },
};
