import { AwsError, type Aws } from "./aws";

/** Whether AWS does what is asked of a resource. */
export type UseVerdict = "allowed" | "denied";

/** How services refuse a caller. */
const REFUSALS: readonly string[] = ["AccessDenied", "AccessDeniedException", "AuthorizationError"];

/** Reads an object of a bucket. Throws for every refusal but one of access. */
export function readsObject(aws: Aws, bucket: string, key: string): Promise<UseVerdict> {
  return verdictOf(aws.getObject(bucket, key));
}

/** Writes an object to a bucket. Throws for every refusal but one of access. */
export function writesObject(aws: Aws, bucket: string, key: string): Promise<UseVerdict> {
  return verdictOf(aws.putObject(bucket, key, "written by a test"));
}

/** Publishes to an SNS topic. Throws for every refusal but one of access. */
export function publishes(aws: Aws, topicArn: string): Promise<UseVerdict> {
  return verdictOf(aws.sns("Publish", { TopicArn: topicArn, Message: "published by a test" }));
}

/** Sends to an SQS queue. Throws for every refusal but one of access. */
export function sends(aws: Aws, queueUrl: string): Promise<UseVerdict> {
  const message = { QueueUrl: queueUrl, MessageBody: "sent by a test" };
  return verdictOf(aws.json("sqs", "SendMessage", message));
}

async function verdictOf(answer: Promise<unknown>): Promise<UseVerdict> {
  try {
    await answer;
    return "allowed";
  } catch (error) {
    if (error instanceof AwsError && REFUSALS.includes(error.code)) return "denied";
    throw error;
  }
}
