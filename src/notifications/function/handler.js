const { makeMessage } = require("./message");
const { readUse } = require("./role-use");
const { trustOf } = require("./trust-stage");

/**
 * The function's handler.
 *
 * `aws()` gives what it asks of AWS: `roleAs(readerArn, roleName)`, `putMessage(bus, message)` and
 * `publish(topicArn, message)`. `environment` has READER_ROLE, BUS_NAME and, where mail is sent, TOPIC_ARN.
 *
 * A message goes out even when the trust cannot be looked up. It throws when it could not be sent, and Lambda
 * tries again twice: better told twice than never.
 */
exports.createHandler = ({ aws, environment }) => {
  return async (event) => {
    const use = readUse(event);
    if (use === undefined) {
      console.error(`not a use of a role of account ${event.account}: ${event.id}`);
      return;
    }
    const { arn, trust } = await lookUp(aws(), environment.READER_ROLE, use);
    const message = makeMessage({ ...use, role: arn ?? use.role }, trust);
    await sendAll([
      aws().putMessage(environment.BUS_NAME, message),
      ...(environment.TOPIC_ARN ? [aws().publish(environment.TOPIC_ARN, message)] : []),
    ]);
  };
};

/** The role as it is now. A console switch does not tell the role's path, so its ARN is looked up as well. */
async function lookUp(aws, readerRole, use) {
  const reader = `arn:${use.partition}:iam::${use.account}:role/${readerRole}`;
  try {
    const role = await aws.roleAs(reader, use.roleName);
    const document = JSON.parse(decodeURIComponent(role.AssumeRolePolicyDocument));
    return { arn: role.Arn, trust: trustOf(document, use) };
  } catch (error) {
    return {
      trust: { stage: "unknown", words: `could not be looked up: ${error.name}: ${error.message}` },
    };
  }
}

/** Waits for all of them, so that one that fails does not stop the other. */
async function sendAll(sent) {
  const failed = (await Promise.allSettled(sent)).filter(({ status }) => status === "rejected");
  if (failed.length > 0) throw failed[0].reason;
}
