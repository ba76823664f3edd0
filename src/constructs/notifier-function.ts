import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { join } from "node:path";
import { NOTIFICATION_NAMES } from "../notifications/notifications";
import { notifierLogGroup } from "../notifications/role-documents";
import { FunctionArchive } from "./function-archive";

/** The function that makes messages. */
export interface NotifierFunctionProps {
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Its code; the AWS SDK that it uses comes with Lambda's Node.js runtimes. */
export const NOTIFIER_CODE = join(__dirname, "../notifications/function");

const LOG_DAYS = 90;

/** The function that makes messages, with its log group. */
export class NotifierFunction extends Construct {
  private readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: NotifierFunctionProps) {
    super(scope, id);
    const code = new FunctionArchive(this, "notifier", NOTIFIER_CODE);
    // Lambda would make it at the first call, out of Terraform's sight and kept for ever.
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: notifierLogGroup(),
      retentionInDays: LOG_DAYS,
    });
    this.function = new LambdaFunction(this, "function", {
      functionName: NOTIFICATION_NAMES.notifier,
      role: props.roleArn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 30,
      filename: code.path,
      sourceCodeHash: code.sourceCodeHash,
      environment: { variables: { ...props.environment } },
      dependsOn: [logs],
    });
  }

  /** The name as a reference to the resource. */
  get functionNameReference(): string {
    return this.function.functionName;
  }

  /** The ARN as a reference to the resource. */
  get functionArnReference(): string {
    return this.function.arn;
  }
}
