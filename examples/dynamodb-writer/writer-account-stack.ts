import { join } from "node:path";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AssumeRolePermission, CrossAccountRole, TrustOutputs } from "crosstrust";
import { deployTo, type ExampleAccount } from "./example-account";
import { ScheduledFunction } from "./scheduled-function";

/** What stands in account B, and what it writes to. */
export interface WriterAccountStackProps {
  readonly account: ExampleAccount;
  /** ARN of the role in account A. */
  readonly roleToBeAssumed: string;
  readonly table: { readonly name: string; readonly region: string };
}

/** Account B, which is trusted: a function that assumes `foo_bar` as the role `bar`, every minute. */
export class WriterAccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: WriterAccountStackProps) {
    super(scope, id);
    deployTo(this, props.account);

    const bar = new CrossAccountRole(this, "bar", {
      roleName: "bar",
      accountId: props.account.id,
      description: `Assumes ${props.roleToBeAssumed}`,
      trusts: [{ kind: "service", service: "lambda.amazonaws.com" }],
      managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
    });
    new AssumeRolePermission(this, "bar-may-assume", {
      identity: { kind: "role", name: bar.roleName, nameReference: bar.roleNameReference },
      roleArns: [props.roleToBeAssumed],
    });

    new ScheduledFunction(this, "writer", {
      functionName: "dynamodb-writer",
      roleArn: bar.roleArnReference,
      sourceFolder: join(__dirname, "function"),
      environment: {
        ROLE_ARN: props.roleToBeAssumed,
        TABLE_NAME: props.table.name,
        TABLE_REGION: props.table.region,
      },
    });

    new TerraformOutput(this, "role_which_will_assume", {
      value: bar.roleArnReference,
      staticId: true,
    });
    new TrustOutputs(this, "outputs", {
      trustedPrincipals: { [bar.roleArn]: bar.uniqueIdReference },
      trusts: {},
      roleArns: { [bar.roleName]: bar.roleArnReference },
      trustingRoles: [],
    });
  }
}
