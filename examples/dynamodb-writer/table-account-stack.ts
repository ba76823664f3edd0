import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CrossAccountRole, principalTrust, TrustOutputs, type Lock } from "crosstrust";
import { deployTo, type ExampleAccount } from "./example-account";

/** What stands in account A, and who gets in. */
export interface TableAccountStackProps {
  readonly account: ExampleAccount;
  readonly tableName: string;
  /** The role in account B that may assume `foo_bar`. */
  readonly trustedRoleArn: string;
  /** Tells whether that role is confirmed, and so the stage of the trust. */
  readonly lock: Lock;
}

/** Account A, which trusts: a table, and the role `foo_bar` that may put items into it. */
export class TableAccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: TableAccountStackProps) {
    super(scope, id);
    const { account, tableName } = props;
    deployTo(this, account);

    new DynamodbTable(new Construct(this, "table"), "table", {
      name: tableName,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attribute: [{ name: "id", type: "S" }],
    });

    const fooBar = new CrossAccountRole(this, "foo-bar", {
      roleName: "foo_bar",
      accountId: account.id,
      description: `Puts items into ${tableName}`,
      trusts: [principalTrust(props.trustedRoleArn, props.lock)],
      statements: [
        {
          Effect: "Allow",
          Action: "dynamodb:PutItem",
          Resource: `arn:aws:dynamodb:${account.region}:${account.id}:table/${tableName}`,
        },
      ],
    });

    new TerraformOutput(this, "role_to_be_assumed", {
      value: fooBar.roleArnReference,
      staticId: true,
    });
    new TrustOutputs(this, "outputs", {
      trustedPrincipals: {},
      trusts: { [fooBar.roleArn]: fooBar.appliedTrusts },
      roleArns: { [fooBar.roleName]: fooBar.roleArnReference },
      trustingRoles: [fooBar.dependable],
    });
  }
}
