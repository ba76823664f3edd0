import type { SharedType } from "../../sharing/shared-resource";
import { AwsError } from "./aws-error";

/** How a service takes the policy of a resource. `reason` is one sentence of ours. */
export interface ResourcePolicyRules {
  /** Whether a statement needs a `Resource`, or must not have one. @default - it may have one */
  readonly resource?: "required" | "refused";
  /** Principals of the service's own that IAM does not know. @default - none */
  readonly foreign?: RegExp;
  /** A statement names a principal that does not exist. */
  invalidPrincipal(reason: string): AwsError;
  /** The policy is none, or none of this service. */
  malformed(text: string): AwsError;
  /** The policy has more of something than its quota (`POLICY_QUOTAS`). */
  tooLarge(reason: string, size: number): AwsError;
}

/**
 * What each service says of a policy that it does not take, as far as AWS documents it: for SNS, SQS
 * and EventBridge the API references give no words for a policy that is too large, and for EventBridge
 * none for a principal that does not exist.
 */
export const RESOURCE_POLICY_RULES: Readonly<Record<SharedType, ResourcePolicyRules>> = {
  "kms-key": {
    invalidPrincipal: refusal(
      "MalformedPolicyDocumentException",
      "Policy contains a statement with one or more invalid principals.",
    ),
    malformed: (text) => new AwsError("MalformedPolicyDocumentException", text),
    tooLarge: refusal(
      "LimitExceededException",
      "Key policy document size exceeds the limit of 32768 bytes.",
    ),
  },
  "s3-bucket": {
    resource: "required",
    foreign: /^arn:aws:iam::cloudfront:user\/./,
    invalidPrincipal: refusal("MalformedPolicy", "Invalid principal in policy"),
    malformed: (text) => new AwsError("MalformedPolicy", text),
    tooLarge: refusal("PolicyTooLarge", "Policy exceeds the maximum allowed document size."),
  },
  "ecr-repository": {
    resource: "refused",
    invalidPrincipal: refusal("InvalidParameterException", policyText("Principal not found")),
    malformed: refusal(
      "InvalidParameterException",
      policyText("Invalid repository policy provided"),
    ),
    tooLarge: refusal(
      "InvalidParameterException",
      policyText("Member must have length less than or equal to 10240"),
    ),
  },
  secret: {
    invalidPrincipal: refusal(
      "MalformedPolicyDocumentException",
      "This resource policy contains an unsupported principal.",
    ),
    malformed: (text) => new AwsError("MalformedPolicyDocumentException", text),
    tooLarge: refusal(
      "ValidationException",
      "1 validation error detected: Value at 'resourcePolicy' failed to satisfy constraint: Member must have length less than or equal to 20480",
    ),
  },
  "sns-topic": {
    invalidPrincipal: refusal(
      "InvalidParameter",
      "Invalid parameter: Policy Error: PrincipalNotFound",
    ),
    malformed: (text) =>
      new AwsError("InvalidParameter", `Invalid parameter: Policy Error: ${text}`),
    tooLarge: refusal("InvalidParameter", "Invalid parameter: Policy Error: policy is too large"),
  },
  "sqs-queue": {
    invalidPrincipal: refusal("InvalidAttributeValue", "Invalid value for the parameter Policy."),
    malformed: refusal("InvalidAttributeValue", "Invalid value for the parameter Policy."),
    tooLarge: refusal("InvalidAttributeValue", "Invalid value for the parameter Policy."),
  },
  "event-bus": {
    invalidPrincipal: refusal("ValidationException", "Invalid principal in policy."),
    malformed: (text) => new AwsError("ValidationException", text),
    tooLarge: refusal(
      "PolicyLengthExceededException",
      "The policy exceeds the limit of 10240 characters.",
    ),
  },
  "lambda-function": {
    invalidPrincipal: refusal(
      "InvalidParameterValueException",
      "The provided principal was invalid. Please check the principal and try again.",
    ),
    malformed: (text) => new AwsError("InvalidParameterValueException", text),
    tooLarge: (reason, size) =>
      new AwsError(
        "PolicyLengthExceededException",
        `The final policy size (${size}) is bigger than the limit (20480).`,
        reason,
      ),
  },
};

function refusal(code: string, text: string): (reason: string) => AwsError {
  return (reason) => new AwsError(code, text, reason);
}

function policyText(constraint: string): string {
  return `Invalid parameter at 'PolicyText' failed to satisfy constraint: '${constraint}'`;
}
