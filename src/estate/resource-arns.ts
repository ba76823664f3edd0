import type { AttributeContext } from "./attributes";
import type { ResolvedText } from "./resolved-text";
import type { TerraformBlock } from "./terraform-json";

/** How the ARN of a type of resource is made of its name. */
export interface ArnForm {
  readonly service: string;
  /** An S3 bucket's ARN has neither region nor account. */
  readonly isGlobal?: true;
  /** What stands before the name, after the account: `repository/`. */
  readonly before: string;
  /** What AWS adds to the name. */
  readonly after?: string;
  /** The argument that holds the name. */
  readonly name: string;
}

/**
 * AWS adds six characters of its choice to a secret's name. These stand for them: `-??????` and `-*`
 * of a policy match them as they match AWS's.
 */
export const SECRET_SUFFIX = "-aaaaaa";

/** Types of resources with policies whose ARN follows from their name, and KMS aliases. */
export const ARN_FORMS: ReadonlyMap<string, ArnForm> = new Map<string, ArnForm>([
  ["aws_s3_bucket", { service: "s3", isGlobal: true, before: "", name: "bucket" }],
  ["aws_ecr_repository", { service: "ecr", before: "repository/", name: "name" }],
  [
    "aws_secretsmanager_secret",
    { service: "secretsmanager", before: "secret:", after: SECRET_SUFFIX, name: "name" },
  ],
  ["aws_sns_topic", { service: "sns", before: "", name: "name" }],
  ["aws_sqs_queue", { service: "sqs", before: "", name: "name" }],
  ["aws_cloudwatch_event_bus", { service: "events", before: "event-bus/", name: "name" }],
  ["aws_lambda_function", { service: "lambda", before: "function:", name: "function_name" }],
  ["aws_dynamodb_table", { service: "dynamodb", before: "table/", name: "name" }],
  // The name begins with `alias/`.
  ["aws_kms_alias", { service: "kms", before: "", name: "name" }],
]);

/** The ARN of a resource by its name, in the account, partition and region of a block. */
export function arnByName(
  { service, isGlobal, before, after = "" }: ArnForm,
  name: ResolvedText,
  block: TerraformBlock,
  context: Pick<AttributeContext, "accountId" | "partition" | "region">,
): ResolvedText {
  const place: ResolvedText =
    isGlobal === true ? [":"] : [...context.region(block), ":", ...context.accountId(block)];
  const head: ResolvedText = ["arn:", ...context.partition(block), `:${service}:`];
  return [...head, ...place, `:${before}`, ...name, after];
}
