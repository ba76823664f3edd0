import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";

/** A function, and the role that it runs as. */
export interface ScheduledFunctionProps {
  readonly functionName: string;
  readonly roleArn: string;
  /** Absolute path of the folder with `index.js`, which exports `handler`. */
  readonly sourceFolder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A Lambda function that EventBridge calls every minute, with its log group. */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    const { functionName } = props;
    const source = new TerraformAsset(this, "source", {
      path: props.sourceFolder,
      type: AssetType.ARCHIVE,
    });
    // Lambda would make it at the first call, out of Terraform's sight and kept for ever.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: 7,
    });
    const writer = new LambdaFunction(this, "function", {
      functionName,
      role: props.roleArn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 10,
      filename: source.path,
      // Of the files: the archive itself differs with every synth, and so would every plan.
      sourceCodeHash: source.assetHash,
      environment: { variables: { ...props.environment } },
      dependsOn: [logs],
    });
    const everyMinute = new CloudwatchEventRule(this, "every-minute", {
      name: functionName,
      scheduleExpression: "rate(1 minute)",
    });
    new LambdaPermission(this, "may-be-called", {
      functionName: writer.functionName,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: everyMinute.arn,
    });
    new CloudwatchEventTarget(this, "target", {
      rule: everyMinute.name,
      targetId: functionName,
      arn: writer.arn,
    });
  }
}
