import type { PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { namedPolicy } from "./named-statements";
import { sharedArn } from "./shared-arn";
import type { SharedTopic } from "./shared-resource";

const ACTIONS = { publish: "sns:Publish", subscribe: "sns:Subscribe" } as const;

/** The actions on a topic that its principals are allowed, sorted. */
export function topicActions({ allow }: Pick<SharedTopic, "allow">): readonly string[] {
  return [...new Set(allow.map((what) => ACTIONS[what]))].sort();
}

/** The topic policy. SNS wants the topic's own ARN as `Resource`. */
export function snsTopicPolicy(topic: SharedTopic): PolicyDocument {
  return namedPolicy(topic.keep, [
    {
      name: "Use",
      statements: stagedStatements(topic.trusts, {
        actions: topicActions(topic),
        resources: sharedArn(topic),
      }),
    },
  ]);
}
