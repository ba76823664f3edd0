import type { PolicyDocument } from "../iam/policy-document";
import { ecrRepositoryPolicy } from "./ecr-repository-policy";
import { eventBusPolicy } from "./event-bus-policy";
import { kmsKeyPolicy } from "./kms-key-policy";
import { s3BucketPolicy } from "./s3-bucket-policy";
import { secretPolicy } from "./secret-policy";
import type { SharedFunction, SharedResource } from "./shared-resource";
import { snsTopicPolicy } from "./sns-topic-policy";
import { sqsQueuePolicy } from "./sqs-queue-policy";

/**
 * The one policy document of a shared resource, at the stage of each trust; undefined for a function,
 * whose policy is made of permissions (`lambdaPermissions`).
 *
 * Guarantees: those of `stagedStatements`; `keep` comes first, unchanged; every other statement has a
 * `Sid` that is unique in the document.
 */
export function resourcePolicy(resource: SharedFunction): undefined;
export function resourcePolicy(resource: Exclude<SharedResource, SharedFunction>): PolicyDocument;
export function resourcePolicy(resource: SharedResource): PolicyDocument | undefined;
export function resourcePolicy(resource: SharedResource): PolicyDocument | undefined {
  switch (resource.type) {
    case "kms-key":
      return kmsKeyPolicy(resource);
    case "ecr-repository":
      return ecrRepositoryPolicy(resource);
    case "secret":
      return secretPolicy(resource);
    case "s3-bucket":
      return s3BucketPolicy(resource);
    case "sns-topic":
      return snsTopicPolicy(resource);
    case "sqs-queue":
      return sqsQueuePolicy(resource);
    case "event-bus":
      return eventBusPolicy(resource);
    case "lambda-function":
      return undefined;
  }
}
