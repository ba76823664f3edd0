import type { ResourceName } from "./declarations";
import type { FoundInStack, ReadBlock } from "./found-in-stack";
import { readEventPermission, readLambdaPermission } from "./read-permissions";
import { readKeyGrant } from "./read-key-grants";
import { ARN_FORMS } from "./resource-arns";
import { KEY_TYPE } from "./resource-names";
import { ResourceReader } from "./resource-reader";

/** How the blocks are read that define resources with policies, or say something of such policies. */
export const READ_RESOURCES: readonly (readonly [string, ReadBlock])[] = [
  ...[...ARN_FORMS.keys()]
    .filter((type) => type !== "aws_kms_alias")
    .map((type) => [type, readResource(type)] as const),
  [KEY_TYPE, readResource(KEY_TYPE)],
  ["aws_kms_replica_key", readResource(KEY_TYPE)],
  ["aws_s3_bucket_policy", readPolicyOf("aws_s3_bucket", "bucket")],
  ["aws_kms_key_policy", readPolicyOf(KEY_TYPE, "key_id")],
  ["aws_ecr_repository_policy", readPolicyOf("aws_ecr_repository", "repository")],
  ["aws_secretsmanager_secret_policy", readPolicyOf("aws_secretsmanager_secret", "secret_arn")],
  ["aws_sns_topic_policy", readPolicyOf("aws_sns_topic", "arn")],
  ["aws_sqs_queue_policy", readPolicyOf("aws_sqs_queue", "queue_url")],
  [
    "aws_cloudwatch_event_bus_policy",
    readPolicyOf("aws_cloudwatch_event_bus", "event_bus_name", "default"),
  ],
  ["aws_dynamodb_resource_policy", readPolicyOf("aws_dynamodb_table", "resource_arn")],
  ["aws_cloudwatch_event_permission", readEventPermission],
  ["aws_lambda_permission", readLambdaPermission],
  ["aws_kms_grant", readKeyGrant],
];

function readResource(type: string): ReadBlock {
  return (blocks, block, found) => {
    const reader = new ResourceReader(blocks, block);
    const resource = reader.itself(type);
    if (resource === undefined) return;
    const key =
      type === "aws_secretsmanager_secret" && isGiven(block.body.kms_key_id)
        ? reader.named(KEY_TYPE, "kms_key_id")
        : undefined;
    const encryptedWith = key === undefined ? {} : { encryptedWith: key.arn };
    const origin = blocks.origin(block);
    found.resources.push({ ...resource, ...encryptedWith, origin });
    if (isGiven(block.body.policy)) readPolicy(reader, resource, found);
  };
}

function readPolicyOf(type: string, argument: string, fallback?: string): ReadBlock {
  return (blocks, block, found) => {
    const reader = new ResourceReader(blocks, block);
    const resource = reader.named(type, argument, fallback);
    if (resource !== undefined) readPolicy(reader, resource, found);
  };
}

function readPolicy(
  { blocks, block }: ResourceReader,
  resource: ResourceName,
  found: FoundInStack,
): void {
  const document = blocks.resourcePolicy(block, "policy");
  found.resourcePolicies.push({
    resource,
    says: { kind: "document", ...(document !== undefined && { document }) },
    origin: blocks.origin(block),
  });
}

/** Terraform takes an empty policy for none. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
