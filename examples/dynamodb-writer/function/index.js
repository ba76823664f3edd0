// The AWS SDK for JavaScript v3 is part of Lambda's Node.js runtimes.
const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
const { AssumeRoleCommand, STSClient } = require("@aws-sdk/client-sts");

const { ROLE_ARN, TABLE_NAME, TABLE_REGION } = process.env;

/** Assumes the role of the other account, and puts one item into its table. */
exports.handler = async (event, context) => {
  const { Credentials } = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn: ROLE_ARN, RoleSessionName: context.awsRequestId }),
  );
  const dynamodb = new DynamoDBClient({
    region: TABLE_REGION,
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });
  const id = context.awsRequestId;
  await dynamodb.send(
    new PutItemCommand({
      TableName: TABLE_NAME,
      Item: { id: { S: id }, writtenAt: { S: new Date().toISOString() } },
    }),
  );
  return { id };
};
