import type { SimulatedAccount } from "../aws/simulated-account";
import type { ResourceType } from "./resource-type";

/**
 * `aws_lambda_function`, so far that permissions find it: its code and settings are compared with the
 * state alone. The ID is the name.
 */
export const lambdaFunction: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["function_name"],
  importable: true,
  create({ account, region, arguments: args, origin }) {
    const name = args.text("function_name");
    const arn = functionArn(account, region, name);
    const type = "aws_lambda_function";
    account.functions.put({ type, name, arn, region, permissions: new Map(), origin });
    return name;
  },
  read: ({ account, region }, id) => {
    const found = account.functions.tryGet(functionArn(account, region, id));
    return found === undefined ? undefined : { id, function_name: id, arn: found.arn };
  },
  update: (_update, id) => id,
  delete({ account, region }, id) {
    account.functions.delete(functionArn(account, region, id));
  },
};

/** The ARN of a function that is named by its name, its ARN, or either with a qualifier. */
export function functionArn(account: SimulatedAccount, region: string, named: string): string {
  const arn = /^arn:[^:]+:lambda:[^:]+:\d+:function:[^:]+/.exec(named)?.[0];
  return arn ?? account.regionalArn("lambda", region, `function:${named.split(":")[0]}`);
}
