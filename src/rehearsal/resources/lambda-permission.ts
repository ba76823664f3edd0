import { isAccountId, accountPrincipalArn } from "../../iam/arn";
import type { Conditions, PolicyPrincipal, Statement } from "../../iam/policy-document";
import { addPermission, permissionsOf, removePermission } from "../aws/function-permissions";
import type { SimulatedAccount } from "../aws/simulated-account";
import { generatedName } from "./generated-name";
import { functionArn } from "./lambda-function";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourcePlace, ResourceType } from "./resource-type";

/**
 * `aws_lambda_permission`: one statement of a function's policy. Every argument makes another one. The
 * ID is the statement ID.
 */
export const lambdaPermission: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: [
    "action",
    "event_source_token",
    "function_name",
    "function_url_auth_type",
    "principal",
    "principal_org_id",
    "qualifier",
    "source_account",
    "source_arn",
    "statement_id",
    "statement_id_prefix",
  ],
  refused: ["qualifier"],
  importable: false,
  create(call) {
    const { account, arguments: args } = call;
    const arn = arnOf(call, args);
    const id = generatedName(call, "statement_id");
    addPermission(account, arn, { Sid: id, ...statementOf(account, args, arn) });
    return id;
  },
  read: (place, id, known) => {
    const found = place.account.functions.tryGet(arnOf(place, known));
    const statement = found && permissionsOf(place.account, found).find(({ Sid }) => Sid === id);
    if (statement === undefined) return undefined;
    return { id, statement_id: id, principal: shownPrincipal(statement) };
  },
  update: (_update, id) => id,
  delete(call, id) {
    removePermission(call.account, arnOf(call, call.arguments), id);
  },
};

function arnOf({ account, region }: ResourcePlace, args: ResourceArguments): string {
  return functionArn(account, region, args.text("function_name"));
}

function statementOf(
  account: SimulatedAccount,
  args: ResourceArguments,
  arn: string,
): Omit<Statement, "Sid"> {
  const condition = conditionOf(args);
  return {
    Effect: "Allow",
    Principal: principalOf(account, args.text("principal")),
    Action: args.text("action"),
    Resource: arn,
    ...(condition !== undefined && { Condition: condition }),
  };
}

function principalOf({ partition }: SimulatedAccount, principal: string): PolicyPrincipal {
  if (principal === "*") return "*";
  if (isAccountId(principal)) return { AWS: accountPrincipalArn(partition, principal) };
  return /\.amazonaws\.com(\.cn)?$/.test(principal) ? { Service: principal } : { AWS: principal };
}

function conditionOf(args: ResourceArguments): Conditions | undefined {
  const equal = Object.fromEntries(
    [
      ["AWS:SourceAccount", args.optionalText("source_account")] as const,
      ["aws:PrincipalOrgID", args.optionalText("principal_org_id")] as const,
      ["lambda:FunctionUrlAuthType", args.optionalText("function_url_auth_type")] as const,
      ["lambda:EventSourceToken", args.optionalText("event_source_token")] as const,
    ].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  const source = args.optionalText("source_arn");
  const conditions: Conditions = {
    ...(Object.keys(equal).length > 0 && { StringEquals: equal }),
    ...(source !== undefined && { ArnLike: { "AWS:SourceArn": source } }),
  };
  return Object.keys(conditions).length > 0 ? conditions : undefined;
}

/** As Lambda keeps it: of an account that was written by its ID the ARN, which is another value. */
function shownPrincipal({ Principal }: Statement): unknown {
  return typeof Principal === "object" ? (Principal.AWS ?? Principal.Service) : Principal;
}
