const { EventBridgeClient, PutEventsCommand } = require("@aws-sdk/client-eventbridge");
const { GetRoleCommand, IAMClient } = require("@aws-sdk/client-iam");
const { PublishCommand, SNSClient } = require("@aws-sdk/client-sns");
const { AssumeRoleCommand, STSClient } = require("@aws-sdk/client-sts");

/** The role of that name, as `readerArn` sees it. */
exports.roleAs = async (readerArn, roleName) => {
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn: readerArn, RoleSessionName: "crosstrust-notify" }),
  );
  const iam = new IAMClient({
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });
  return (await iam.send(new GetRoleCommand({ RoleName: roleName }))).Role;
};

/** Puts a message on the bus, for API destinations and whoever else listens. */
exports.putMessage = async (busName, message) => {
  const { Entries } = await new EventBridgeClient({}).send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: busName,
          Source: "crosstrust",
          DetailType: "Role used",
          Detail: JSON.stringify(message),
        },
      ],
    }),
  );
  const { ErrorCode, ErrorMessage } = Entries[0];
  if (ErrorCode !== undefined) throw new Error(`${ErrorCode}: ${ErrorMessage}`);
};

/** Sends a message to those who are subscribed to the topic. */
exports.publish = async (topicArn, { subject, text }) => {
  await new SNSClient({}).send(
    new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }),
  );
};
