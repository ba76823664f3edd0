import { accountPrincipalArn, isAccountId } from "../iam/arn";
import type { OneOrMany, PolicyPrincipal, Statement } from "../iam/policy-document";
import type { ResourceName } from "./declarations";
import type { FoundInStack, ReadBlock } from "./found-in-stack";
import { ResourceReader } from "./resource-reader";
import { tryBlockList } from "./terraform-json";

/**
 * `aws_lambda_permission`: a statement of the function's policy (Lambda API, AddPermission). Each
 * version and alias of a function has a policy of its own.
 */
export const readLambdaPermission: ReadBlock = (blocks, block, found) => {
  const reader = new ResourceReader(blocks, block);
  const { body } = block;
  const whole = reader.named("aws_lambda_function", "function_name");
  if (whole === undefined) return;
  const qualifier = reader.optional("qualifier");
  const resource = qualifier === undefined ? whole : { ...whole, arn: `${whole.arn}:${qualifier}` };
  const conditions = LAMBDA_CONDITIONS.filter(([argument]) => isGiven(body[argument])).map(
    ([argument, operator, key]) => ({ operator, key, value: reader.optional(argument) }),
  );
  addStatement(reader, resource, { action: reader.optional("action"), conditions }, found);
};

const LAMBDA_CONDITIONS = [
  ["source_arn", "ArnLike", "AWS:SourceArn"],
  ["source_account", "StringEquals", "AWS:SourceAccount"],
  ["principal_org_id", "StringEquals", "aws:PrincipalOrgID"],
  ["event_source_token", "StringEquals", "lambda:EventSourceToken"],
  ["function_url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"],
] as const;

/** `aws_cloudwatch_event_permission`: a statement of the bus's policy (EventBridge API, PutPermission). */
export const readEventPermission: ReadBlock = (blocks, block, found) => {
  const reader = new ResourceReader(blocks, block);
  const { body } = block;
  const resource = reader.named("aws_cloudwatch_event_bus", "event_bus_name", "default");
  if (resource === undefined) return;
  const action = isGiven(body.action) ? reader.optional("action") : "events:PutEvents";
  const conditions = (tryBlockList(body.condition) ?? [{}]).map(({ type, key, value }) => ({
    operator: reader.text("condition", type),
    key: reader.text("condition", key),
    value: reader.text("condition", value),
  }));
  addStatement(reader, resource, { action, conditions }, found);
};

/** What a permission says; undefined: it could not be told. */
interface Permission {
  readonly action: string | undefined;
  readonly conditions: readonly {
    readonly operator: string | undefined;
    readonly key: string | undefined;
    readonly value: string | undefined;
  }[];
}

function addStatement(
  reader: ResourceReader,
  resource: ResourceName,
  { action, conditions }: Permission,
  found: FoundInStack,
): void {
  const { block, blocks } = reader;
  const Sid = isGiven(block.body.statement_id) ? reader.optional("statement_id") : undefined;
  const principal = reader.text("principal", block.body.principal);
  const Principal = principal === undefined ? undefined : principalOf(principal, resource);
  const Condition = conditionsOf(conditions);
  const statement: Statement | undefined =
    action === undefined || Principal === undefined || Condition === undefined
      ? undefined
      : {
          ...(Sid !== undefined && { Sid }),
          Effect: "Allow",
          Principal,
          Action: action,
          Resource: resource.arn,
          ...(conditions.length > 0 && { Condition }),
        };
  found.resourcePolicies.push({
    resource,
    says: { kind: "statement", ...(statement !== undefined && { statement }) },
    origin: blocks.origin(block),
  });
}

/** `*`, an account ID, an ARN or a service, as AWS writes it into the policy. */
function principalOf(principal: string, { partition }: ResourceName): PolicyPrincipal {
  if (principal === "*") return "*";
  if (isAccountId(principal)) return { AWS: accountPrincipalArn(partition, principal) };
  return /\.amazonaws\.com(\.cn)?$/.test(principal) ? { Service: principal } : { AWS: principal };
}

function conditionsOf(
  conditions: Permission["conditions"],
): Record<string, Record<string, OneOrMany<string>>> | undefined {
  const byOperator: Record<string, Record<string, OneOrMany<string>>> = {};
  for (const { operator, key, value } of conditions) {
    if (operator === undefined || key === undefined || value === undefined) return undefined;
    byOperator[operator] = { ...byOperator[operator], [key]: value };
  }
  return byOperator;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
