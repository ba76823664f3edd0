import type { SharedType } from "../../src/sharing/shared-resource";
import { MEMBER, rootOf, type StackParts } from "./stacks";

/** What one type of resource needs for a policy in a stack of account MEMBER. */
interface PolicyStack {
  /** ARN of the resource; undefined where AWS chooses part of it. */
  readonly arn?: string;
  /** Terraform address of what carries the policy. */
  readonly address: string;
  /** The resources, with the policy as JSON. */
  resources(policy: string): NonNullable<StackParts["resource"]>;
  readonly action: string;
  /** `undefined`: the policy has no `Resource`. */
  readonly resource?: string;
}

const REGION = "eu-west-1";

/** A stack with one resource and its policy, for every type whose policy is one document. */
export const POLICY_STACKS: Readonly<Record<Exclude<SharedType, "lambda-function">, PolicyStack>> =
  {
    "kms-key": {
      address: "aws_kms_key.it",
      resources: (policy) => ({ aws_kms_key: { it: { policy } } }),
      action: "kms:Decrypt",
      resource: "*",
    },
    "s3-bucket": {
      arn: "arn:aws:s3:::shared-things",
      address: "aws_s3_bucket_policy.it",
      resources: (policy) => ({
        aws_s3_bucket: { it: { bucket: "shared-things" } },
        aws_s3_bucket_policy: { it: { bucket: "${aws_s3_bucket.it.id}", policy } },
      }),
      action: "s3:GetObject",
      resource: "arn:aws:s3:::shared-things/*",
    },
    "ecr-repository": {
      arn: `arn:aws:ecr:${REGION}:${MEMBER}:repository/team/things`,
      address: "aws_ecr_repository_policy.it",
      resources: (policy) => ({
        aws_ecr_repository: { it: { name: "team/things" } },
        aws_ecr_repository_policy: { it: { repository: "${aws_ecr_repository.it.name}", policy } },
      }),
      action: "ecr:BatchGetImage",
    },
    secret: {
      address: "aws_secretsmanager_secret_policy.it",
      resources: (policy) => ({
        aws_secretsmanager_secret: { it: { name: "things" } },
        aws_secretsmanager_secret_policy: {
          it: { secret_arn: "${aws_secretsmanager_secret.it.arn}", policy },
        },
      }),
      action: "secretsmanager:GetSecretValue",
      resource: "*",
    },
    "sns-topic": {
      arn: `arn:aws:sns:${REGION}:${MEMBER}:things`,
      address: "aws_sns_topic_policy.it",
      resources: (policy) => ({
        aws_sns_topic: { it: { name: "things" } },
        aws_sns_topic_policy: { it: { arn: "${aws_sns_topic.it.arn}", policy } },
      }),
      action: "sns:Publish",
      resource: `arn:aws:sns:${REGION}:${MEMBER}:things`,
    },
    "sqs-queue": {
      arn: `arn:aws:sqs:${REGION}:${MEMBER}:things`,
      address: "aws_sqs_queue_policy.it",
      resources: (policy) => ({
        aws_sqs_queue: { it: { name: "things" } },
        aws_sqs_queue_policy: { it: { queue_url: "${aws_sqs_queue.it.url}", policy } },
      }),
      action: "sqs:SendMessage",
      resource: `arn:aws:sqs:${REGION}:${MEMBER}:things`,
    },
    "event-bus": {
      arn: `arn:aws:events:${REGION}:${MEMBER}:event-bus/things`,
      address: "aws_cloudwatch_event_bus_policy.it",
      resources: (policy) => ({
        aws_cloudwatch_event_bus: { it: { name: "things" } },
        aws_cloudwatch_event_bus_policy: {
          it: { event_bus_name: "${aws_cloudwatch_event_bus.it.name}", policy },
        },
      }),
      action: "events:PutEvents",
      resource: `arn:aws:events:${REGION}:${MEMBER}:event-bus/things`,
    },
  };

/** The types, in a stable order. */
export const POLICY_TYPES = [
  "kms-key",
  "s3-bucket",
  "ecr-repository",
  "secret",
  "sns-topic",
  "sqs-queue",
  "event-bus",
] as const;

/** JSON of a policy that lets the owner do everything and the principals use the resource. */
export function sharedWith(
  type: (typeof POLICY_TYPES)[number],
  ...principals: readonly string[]
): string {
  const { action, resource } = POLICY_STACKS[type];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...(type === "kms-key"
        ? [
            {
              Effect: "Allow",
              Principal: { AWS: rootOf(MEMBER) },
              Action: "kms:*",
              Resource: "*",
            },
          ]
        : []),
      {
        Effect: "Allow",
        Principal: { AWS: principals.length === 1 ? principals[0] : principals },
        Action: action,
        ...(resource !== undefined && { Resource: resource }),
      },
    ],
  });
}

/** A stack of account MEMBER with a resource that is shared with the principals. */
export function sharedStack(
  type: (typeof POLICY_TYPES)[number],
  ...principals: readonly string[]
): StackParts {
  return { resource: POLICY_STACKS[type].resources(sharedWith(type, ...principals)) };
}
