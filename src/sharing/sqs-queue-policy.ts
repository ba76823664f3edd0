import type { PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { namedPolicy } from "./named-statements";
import { sharedArn } from "./shared-arn";
import type { SharedQueue } from "./shared-resource";

/** What every client asks first: the queue's URL, and its attributes. */
const LOOK_UP = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"] as const;

const ACTIONS = {
  send: ["sqs:SendMessage"],
  receive: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
} as const;

/** The actions on a queue that its principals are allowed, sorted: at most 6 of the 7 that SQS takes in a statement. */
export function queueActions({ allow }: Pick<SharedQueue, "allow">): readonly string[] {
  const actions = allow.flatMap((what): readonly string[] => ACTIONS[what]);
  return [...new Set([...LOOK_UP, ...actions])].sort();
}

/** The queue policy. SQS wants the queue's own ARN as `Resource`. */
export function sqsQueuePolicy(queue: SharedQueue): PolicyDocument {
  return namedPolicy(queue.keep, [
    {
      name: "Use",
      statements: stagedStatements(queue.trusts, {
        actions: queueActions(queue),
        resources: sharedArn(queue),
      }),
    },
  ]);
}
