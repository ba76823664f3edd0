/* How the function calls AWS. The SDK stands in for itself: Lambda's runtime brings the real one. */

const calls: [string, unknown, unknown][] = [];
let answers: Record<string, unknown>;

function client(name: string) {
  return class {
    constructor(private readonly config: unknown) {}
    async send(command: { name: string; input: unknown }): Promise<unknown> {
      calls.push([`${name} ${command.name}`, command.input, this.config]);
      return answers[command.name];
    }
  };
}

function command(name: string) {
  return class {
    readonly name = name;
    constructor(readonly input: unknown) {}
  };
}

jest.mock(
  "@aws-sdk/client-eventbridge",
  () => ({ EventBridgeClient: client("events"), PutEventsCommand: command("PutEvents") }),
  { virtual: true },
);
jest.mock(
  "@aws-sdk/client-sns",
  () => ({ SNSClient: client("sns"), PublishCommand: command("Publish") }),
  { virtual: true },
);
jest.mock("@aws-sdk/client-iam", () => ({
  IAMClient: client("iam"),
  GetRoleCommand: command("GetRole"),
}));
jest.mock("@aws-sdk/client-sts", () => ({
  STSClient: client("sts"),
  AssumeRoleCommand: command("AssumeRole"),
}));

const aws = jest.requireActual<{
  roleAs(readerArn: string, roleName: string): Promise<unknown>;
  putMessage(bus: string, message: object): Promise<void>;
  publish(topicArn: string, message: object): Promise<void>;
}>("../../src/notifications/function/aws");

beforeEach(() => {
  calls.length = 0;
  answers = {
    AssumeRole: {
      Credentials: { AccessKeyId: "ASIA1", SecretAccessKey: "secret", SessionToken: "token" },
    },
    GetRole: { Role: { RoleName: "Admin" } },
    PutEvents: { Entries: [{ EventId: "1" }] },
    Publish: {},
  };
});

test("reads a role with the reader's credentials", async () => {
  expect(await aws.roleAs("arn:reader", "Admin")).toEqual({ RoleName: "Admin" });
  expect(calls).toEqual([
    ["sts AssumeRole", { RoleArn: "arn:reader", RoleSessionName: "crosstrust-notify" }, {}],
    [
      "iam GetRole",
      { RoleName: "Admin" },
      { credentials: { accessKeyId: "ASIA1", secretAccessKey: "secret", sessionToken: "token" } },
    ],
  ]);
});

test("puts a message on the bus as the hub's own", async () => {
  await aws.putMessage("bus", { text: "x" });
  expect(calls.map(([name, input]) => [name, input])).toEqual([
    [
      "events PutEvents",
      {
        Entries: [
          {
            EventBusName: "bus",
            Source: "crosstrust",
            DetailType: "Role used",
            Detail: '{"text":"x"}',
          },
        ],
      },
    ],
  ]);
});

test("an entry that EventBridge refuses is a failure, though the call went well", async () => {
  answers.PutEvents = {
    Entries: [{ ErrorCode: "ThrottlingException", ErrorMessage: "slow down" }],
  };
  await expect(aws.putMessage("bus", {})).rejects.toThrow("ThrottlingException: slow down");
});

test("mails subject and text", async () => {
  await aws.publish("arn:topic", { subject: "s", text: "t", role: "r" });
  expect(calls.map(([name, input]) => [name, input])).toEqual([
    ["sns Publish", { TopicArn: "arn:topic", Subject: "s", Message: "t" }],
  ]);
});
