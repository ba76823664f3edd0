import type { SharedResource, SharedType, SharingTrust } from "../../src/sharing/shared-resource";

/** The account that shares, and those that use. */
export const OWNER = "111122223333";
export const USER = "444455556666";

/** Everything but whom it is shared with, as the tables leave it out. */
const COMMON = {
  partition: "aws",
  accountId: OWNER,
  region: "eu-west-1",
  ownership: "defined",
  keep: [],
} as const;

/** A resource of each type, shared with these. */
export function sharedWith(trusts: readonly SharingTrust[]): {
  readonly [Type in SharedType]: Extract<SharedResource, { readonly type: Type }>;
} {
  const common = { ...COMMON, trusts };
  return {
    "kms-key": {
      ...common,
      type: "kms-key",
      name: "ami",
      grants: [],
      deletionWindowInDays: 30,
      enableKeyRotation: true,
    },
    "ecr-repository": {
      ...common,
      type: "ecr-repository",
      name: "tools/runner",
      allow: ["pull"],
      scanOnPush: true,
      immutableTags: true,
      replicateTo: [],
    },
    secret: {
      ...common,
      type: "secret",
      name: "git-token",
      key: { ownership: "defined", alias: "git-token" },
      recoveryWindowInDays: 30,
    },
    "s3-bucket": {
      ...common,
      type: "s3-bucket",
      name: "acme-artifacts",
      allow: ["read"],
      prefix: "",
    },
    "sns-topic": { ...common, type: "sns-topic", name: "builds", allow: ["publish"] },
    "sqs-queue": { ...common, type: "sqs-queue", name: "jobs", allow: ["send"] },
    "event-bus": { ...common, type: "event-bus", name: "deploys" },
    "lambda-function": {
      ...common,
      type: "lambda-function",
      name: "resize",
      ownership: "existing",
    },
  };
}
