import { assumeRole } from "./assume-role";
import { Aws, AwsError, firstText } from "./aws";
import type { Credentials } from "./sigv4";

/** What the functions that the emulator runs use of the AWS SDK for JavaScript v3, for an emulator. */
interface Command {
  run(aws: Aws): Promise<unknown>;
}

/** How a client is made. */
interface ClientProps {
  readonly region?: string;
  /** @default - those of the function's role, from the environment */
  readonly credentials?: Credentials;
}

class Client {
  private readonly aws: Aws;

  constructor({ region, credentials }: ClientProps) {
    const { env } = process;
    this.aws = new Aws(
      env.AWS_ENDPOINT_URL ?? "",
      credentials ?? {
        accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
        sessionToken: env.AWS_SESSION_TOKEN,
      },
      region ?? env.AWS_REGION,
    );
  }

  send(command: Command): Promise<unknown> {
    return command.run(this.aws);
  }
}

/** Of `@aws-sdk/client-sts`. */
export class STSClient extends Client {}

/** Of `@aws-sdk/client-dynamodb`. */
export class DynamoDBClient extends Client {}

/** Of `@aws-sdk/client-sts`. */
export class AssumeRoleCommand implements Command {
  constructor(private readonly input: { readonly RoleArn: string }) {}

  async run(aws: Aws): Promise<unknown> {
    const answer = await assumeRole(aws, { roleArn: this.input.RoleArn });
    if (answer.verdict === "denied") throw new AwsError("AccessDenied", this.input.RoleArn);
    const { accessKeyId, secretAccessKey, sessionToken } = answer.credentials;
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
      },
    };
  }
}

/** Of `@aws-sdk/client-dynamodb`. */
export class PutItemCommand implements Command {
  constructor(private readonly input: unknown) {}

  run(aws: Aws): Promise<unknown> {
    return aws.json("dynamodb", "PutItem", this.input);
  }
}

/** Of `@aws-sdk/client-iam`. */
export class IAMClient extends Client {}

/** Of `@aws-sdk/client-eventbridge`. */
export class EventBridgeClient extends Client {}

/** Of `@aws-sdk/client-sns`. */
export class SNSClient extends Client {}

/** Of `@aws-sdk/client-iam`. */
export class GetRoleCommand implements Command {
  constructor(private readonly input: { readonly RoleName: string }) {}

  async run(aws: Aws): Promise<unknown> {
    const xml = await aws.iam("GetRole", this.input);
    return {
      Role: {
        Arn: firstText(xml, "Arn"),
        AssumeRolePolicyDocument: firstText(xml, "AssumeRolePolicyDocument"),
      },
    };
  }
}

/** Of `@aws-sdk/client-eventbridge`. */
export class PutEventsCommand implements Command {
  constructor(private readonly input: unknown) {}

  async run(aws: Aws): Promise<unknown> {
    return JSON.parse(await aws.json("events", "PutEvents", this.input));
  }
}

/** Of `@aws-sdk/client-sns`. */
export class PublishCommand implements Command {
  constructor(private readonly input: Readonly<Record<string, string>>) {}

  run(aws: Aws): Promise<unknown> {
    return aws.sns("Publish", this.input);
  }
}
