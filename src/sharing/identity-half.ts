import { oneOrMany, type Statement } from "../iam/policy-document";
import { ecrActions } from "./ecr-repository-policy";
import { EVENT_BUS_ACTION } from "./event-bus-policy";
import { GRANT_ACTIONS, GRANTS_BY_SERVICES, KEY_USE_ACTIONS } from "./kms-key-policy";
import { FUNCTION_ACTION } from "./lambda-permissions";
import { bucketAllowances } from "./s3-bucket-policy";
import { SECRET_ACTIONS, SECRET_KEY_ACTIONS } from "./secret-policy";
import { sharedArn } from "./shared-arn";
import type { SharedKmsKey, SharedResource, SharedSecret } from "./shared-resource";
import { topicActions } from "./sns-topic-policy";
import { queueActions } from "./sqs-queue-policy";
import type { Allowance } from "../trust/staged-statements";

/**
 * The other half of a shared resource: what a role or user that it is shared with needs in its own
 * identity policy, because across accounts both sides must allow. The same at every stage.
 *
 * What takes the ARN of a key is left out until that is known: IAM takes no alias there.
 */
export function identityHalf(resource: SharedResource): readonly Statement[] {
  switch (resource.type) {
    case "kms-key":
      return keyHalf(resource);
    case "ecr-repository":
      return [
        allow({ actions: ecrActions(resource), resources: sharedArn(resource) }),
        // Not an action on a repository: it logs in to every registry, each of which decides again.
        allow({ actions: "ecr:GetAuthorizationToken", resources: "*" }),
      ];
    case "secret":
      return secretHalf(resource);
    case "s3-bucket":
      return bucketAllowances(resource).map(allow);
    case "sns-topic":
      return [allow({ actions: topicActions(resource), resources: sharedArn(resource) })];
    case "sqs-queue":
      return [allow({ actions: queueActions(resource), resources: sharedArn(resource) })];
    case "event-bus":
      return [allow({ actions: EVENT_BUS_ACTION, resources: sharedArn(resource) })];
    case "lambda-function":
      return [allow({ actions: FUNCTION_ACTION, resources: sharedArn(resource) })];
  }
}

function keyHalf({ keyArn }: SharedKmsKey): readonly Statement[] {
  return keyArn === undefined
    ? []
    : [
        allow({ actions: KEY_USE_ACTIONS, resources: keyArn }),
        allow({ actions: GRANT_ACTIONS, resources: keyArn, conditions: GRANTS_BY_SERVICES }),
      ];
}

/** A secret's ARN ends in a hyphen and six characters of AWS's choice, which `??????` stands for. */
function secretHalf(secret: SharedSecret): readonly Statement[] {
  const { keyArn } = secret.key;
  return [
    allow({
      actions: SECRET_ACTIONS,
      resources: secret.secretArn ?? `${sharedArn(secret)}-??????`,
    }),
    ...(keyArn === undefined ? [] : [allow({ actions: SECRET_KEY_ACTIONS, resources: keyArn })]),
  ];
}

function allow({
  actions,
  resources,
  conditions,
}: Required<Pick<Allowance, "actions" | "resources">> & Allowance): Statement {
  return {
    Effect: "Allow",
    Action: typeof actions === "string" ? actions : oneOrMany(actions),
    Resource: resources,
    ...(conditions !== undefined && { Condition: conditions }),
  };
}
