import type { Attribute, AttributeContext } from "./attributes";
import { ARN_FORMS, arnByName, type ArnForm } from "./resource-arns";
import { tryKnownText, type ResolvedText } from "./resolved-text";
import type { TerraformBlock } from "./terraform-json";

const AFTER_APPLY = "known only after apply";

/** Types whose `id` is not the name. */
const OTHER_IDS: ReadonlySet<string> = new Set([
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
]);

/**
 * Attributes of resources with policies that AWS computes from what the configuration says. Provider
 * documentation: `id` is a name, an ARN or a URL, by type.
 */
export const RESOURCE_ATTRIBUTES: readonly (readonly [string, Attribute])[] = [
  ...[...ARN_FORMS].flatMap(([type, form]): readonly (readonly [string, Attribute])[] => [
    [`${type}.arn`, arnOf(form)],
    [`${type}.${form.name}`, nameOf(form)],
  ]),
  ...[...ARN_FORMS].flatMap(([type, { name }]) =>
    OTHER_IDS.has(type) ? [] : [sameAs(`${type}.id`, name)],
  ),
  sameAs("aws_secretsmanager_secret.id", "arn"),
  sameAs("aws_sns_topic.id", "arn"),
  ["aws_sqs_queue.id", queueUrl],
  ["aws_sqs_queue.url", queueUrl],
  ["aws_cloudwatch_event_rule.arn", eventRuleArn],
  ["aws_ecr_repository.registry_id", (block, context) => context.accountId(block)],
  ["aws_kms_alias.target_key_arn", targetKeyArn],
  ...["aws_kms_key", "aws_kms_replica_key"].flatMap(
    (type): readonly (readonly [string, Attribute])[] => [
      [`${type}.arn`, keyArn],
      [`${type}.id`, keyId],
      [`${type}.key_id`, keyId],
    ],
  ),
];

function nameOf({ name }: ArnForm): Attribute {
  return (block, context) =>
    block.body[name] === undefined || block.body[name] === null
      ? unresolved(block, name, AFTER_APPLY)
      : context.text(block.body[name]);
}

function arnOf(form: ArnForm): Attribute {
  return (block, context) => arnByName(form, context.attribute(block, form.name), block, context);
}

function sameAs(attribute: string, other: string): readonly [string, Attribute] {
  return [attribute, (block, context) => context.attribute(block, other)];
}

function queueUrl(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const suffix = context
    .partition(block)
    .map((partition) =>
      typeof partition === "string" ? (partition === "aws-cn" ? ".com.cn" : ".com") : partition,
    );
  return [
    "https://sqs.",
    ...context.region(block),
    ".amazonaws",
    ...suffix,
    "/",
    ...context.accountId(block),
    "/",
    ...context.attribute(block, "name"),
  ];
}

/** Permissions of functions name rules; the ARN of one on the default bus does not name the bus. */
function eventRuleArn(block: TerraformBlock, context: AttributeContext): ResolvedText {
  if (block.body.name === undefined || block.body.name === null) {
    return unresolved(block, "arn", AFTER_APPLY);
  }
  const bus = context.text(block.body.event_bus_name ?? "default");
  const [, busName] = /^(?:arn:.*:event-bus\/)?(.+)$/.exec(tryKnownText(bus) ?? "") ?? [];
  return [
    "arn:",
    ...context.partition(block),
    ":events:",
    ...context.region(block),
    ":",
    ...context.accountId(block),
    ":rule/",
    ...(busName === "default" ? [] : [...(busName === undefined ? bus : [busName]), "/"]),
    ...context.text(block.body.name),
  ];
}

function targetKeyArn(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const key = context.tryKeyOfAlias(block);
  return key === undefined
    ? unresolved(block, "target_key_arn", "the stack does not define the key")
    : context.attribute(key, "arn");
}

/** AWS chooses key IDs: the key's alias stands for it until whoever reads the estate knows better. */
function keyArn(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const aliases = context.aliasesOfKey(block).map((alias) => context.attribute(alias, "arn"));
  const known = aliases
    .flatMap((alias) => context.tryKeyArn(tryKnownText(alias) ?? "") ?? [])
    .slice(0, 1);
  if (known.length > 0) return known;
  return (
    aliases.at(0) ??
    unresolved(block, "arn", "known only after apply, and no alias of the stack stands for it")
  );
}

function keyId(block: TerraformBlock, context: AttributeContext): ResolvedText {
  const arn = tryKnownText(context.attribute(block, "arn"));
  const id = arn === undefined ? undefined : /:key\/(.+)$/.exec(arn)?.[1];
  return id === undefined ? unresolved(block, "key_id", AFTER_APPLY) : [id];
}

function unresolved(block: TerraformBlock, attribute: string, reason: string): ResolvedText {
  return [{ expression: `${block.address}.${attribute}`, reason }];
}
