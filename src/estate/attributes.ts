import { policyDocumentText } from "./policy-document-data";
import { RESOURCE_ATTRIBUTES } from "./resource-attributes";
import type { ResolvedText, Unresolved } from "./resolved-text";
import { tryKnownText } from "./resolved-text";
import type { TerraformBlock } from "./terraform-json";

/** What computing an attribute needs to know of its stack. */
export interface AttributeContext {
  /** A text of the stack with its references resolved; a value that is not a text is unresolved. */
  text(value: unknown): ResolvedText;
  /** An attribute of a block of the stack. */
  attribute(block: TerraformBlock, attribute: string): ResolvedText;
  /** The account that the block's provider deploys to. */
  accountId(block: TerraformBlock): ResolvedText;
  partition(block: TerraformBlock): ResolvedText;
  /** The block's own `region`, else its provider's. */
  region(block: TerraformBlock): ResolvedText;
  /** The unique ID of a role or user, where whoever reads the estate knows it. */
  tryUniqueId(arn: string): string | undefined;
  /** The path of a role that no stack defines. */
  existingRolePath(accountId: string, roleName: string): string;
  /** The ARN of the KMS key behind an alias, where whoever reads the estate knows it. */
  tryKeyArn(aliasArn: string): string | undefined;
  /** The stack's `aws_kms_alias` blocks of a KMS key of the stack. */
  aliasesOfKey(key: TerraformBlock): readonly TerraformBlock[];
  /** The KMS key of the stack that an `aws_kms_alias` stands for. */
  tryKeyOfAlias(alias: TerraformBlock): TerraformBlock | undefined;
}

/** Computes an attribute of a block. */
export type Attribute = (block: TerraformBlock, context: AttributeContext) => ResolvedText;

const AFTER_APPLY = "known only after apply";

/** Attributes that AWS computes from what the configuration says. */
const COMPUTED: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ...iamEntity("aws_iam_role", "role"),
  ...iamEntity("aws_iam_user", "user"),
  ...iamEntity("aws_iam_group", "group"),
  ["aws_iam_policy.name", nameOf],
  ["aws_iam_policy.path", pathOf],
  ["aws_iam_policy.arn", iamArn("policy")],
  ["aws_iam_policy.id", iamArn("policy")],
  ...iamEntity("data.aws_iam_role", "role"),
  ["data.aws_iam_role.path", existingPathOf],
  ["aws_iam_openid_connect_provider.arn", oidcProviderArn],
  ["aws_iam_openid_connect_provider.id", oidcProviderArn],
  ["aws_iam_saml_provider.arn", samlProviderArn],
  ["aws_iam_saml_provider.id", samlProviderArn],
  ["data.aws_caller_identity.account_id", (block, context) => context.accountId(block)],
  ["data.aws_caller_identity.id", (block, context) => context.accountId(block)],
  ["data.aws_partition.partition", (block, context) => context.partition(block)],
  ["data.aws_partition.id", (block, context) => context.partition(block)],
  ["data.aws_region.name", (block, context) => context.region(block)],
  ["data.aws_region.region", (block, context) => context.region(block)],
  ["data.aws_region.id", (block, context) => context.region(block)],
  ["data.aws_iam_policy_document.json", policyDocumentText],
  ["data.aws_iam_policy_document.minified_json", policyDocumentText],
  ...RESOURCE_ATTRIBUTES,
]);

/**
 * The value of an attribute of a block, as far as the configuration decides it: ARNs from account,
 * partition, path and name; an argument as it is written. Everything else is known only after apply.
 */
export function attributeOf(
  block: TerraformBlock,
  attribute: string,
  context: AttributeContext,
): ResolvedText {
  const multiple = ["count", "for_each"].find((key) => block.body[key] !== undefined);
  if (multiple !== undefined) {
    return [
      unresolved(block, attribute, `the block has ${multiple}: how many there are is not read`),
    ];
  }
  const type = block.mode === "data" ? `data.${block.type}` : block.type;
  const computed = COMPUTED.get(`${type}.${attribute}`);
  if (computed !== undefined) return computed(block, context);
  const argument = block.body[attribute];
  return typeof argument === "string"
    ? context.text(argument)
    : [unresolved(block, attribute, AFTER_APPLY)];
}

function iamEntity(
  type: string,
  arnType: "role" | "user" | "group",
): readonly (readonly [string, Attribute])[] {
  const arn = iamArn(arnType);
  return [
    [`${type}.name`, nameOf],
    [`${type}.id`, nameOf],
    [`${type}.path`, pathOf],
    [`${type}.arn`, arn],
    [
      `${type}.unique_id`,
      (block, context): ResolvedText => {
        const known = tryKnownText(arn(block, context));
        const uniqueId = known === undefined ? undefined : context.tryUniqueId(known);
        return [uniqueId ?? unresolved(block, "unique_id", AFTER_APPLY)];
      },
    ],
  ];
}

function nameOf(block: TerraformBlock, context: AttributeContext): ResolvedText {
  return block.body.name === undefined || block.body.name === null
    ? [unresolved(block, "name", "no name is given, so that it is made up at apply")]
    : context.text(block.body.name);
}

function pathOf(block: TerraformBlock, context: AttributeContext): ResolvedText {
  return block.body.path === undefined || block.body.path === null
    ? ["/"]
    : context.text(block.body.path);
}

function existingPathOf(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const accountId = tryKnownText(context.accountId(block));
  const name = tryKnownText(nameOf(block, context));
  return accountId === undefined || name === undefined
    ? [unresolved(block, "path", AFTER_APPLY)]
    : [context.existingRolePath(accountId, name)];
}

function iamArn(arnType: string): Attribute {
  return (block, context) => [
    "arn:",
    ...context.partition(block),
    ":iam::",
    ...context.accountId(block),
    `:${arnType}`,
    ...context.attribute(block, "path"),
    ...context.attribute(block, "name"),
  ];
}

function oidcProviderArn(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const [first, ...rest] = context.text(block.body.url);
  return [
    "arn:",
    ...context.partition(block),
    ":iam::",
    ...context.accountId(block),
    ":oidc-provider/",
    // IAM leaves the scheme out of the ARN.
    typeof first === "object" ? first : (first ?? "").replace(/^https:\/\//, ""),
    ...rest,
  ];
}

function samlProviderArn(block: TerraformBlock, context: AttributeContext): ResolvedText {
  return [
    "arn:",
    ...context.partition(block),
    ":iam::",
    ...context.accountId(block),
    ":saml-provider/",
    ...nameOf(block, context),
  ];
}

function unresolved(block: TerraformBlock, attribute: string, reason: string): Unresolved {
  return { expression: `${block.address}.${attribute}`, reason };
}
