import { CrossAccountBucket } from "../../src/constructs/cross-account-bucket";
import { CrossAccountEventBus } from "../../src/constructs/cross-account-event-bus";
import { CrossAccountFunction } from "../../src/constructs/cross-account-function";
import { CrossAccountKey } from "../../src/constructs/cross-account-key";
import { CrossAccountQueue } from "../../src/constructs/cross-account-queue";
import { CrossAccountRepository } from "../../src/constructs/cross-account-repository";
import type { CrossAccountResource } from "../../src/constructs/cross-account-resource";
import { CrossAccountSecret } from "../../src/constructs/cross-account-secret";
import { CrossAccountTopic } from "../../src/constructs/cross-account-topic";
import type { Construct } from "constructs";
import { resourcePolicy } from "../../src/sharing/resource-policy";
import { secretKeyPolicy } from "../../src/sharing/secret-policy";
import type { SharedResource } from "../../src/sharing/shared-resource";
import { sharedWith, USER } from "../sharing/shared-resources";
import { sharingTrust } from "../trust/trusts";
import {
  countResources,
  only,
  policyOf,
  resourcesOf,
  synthesizeStack,
  type StackJson,
} from "./stack-json";

const ROLE = { kind: "role", principalArn: `arn:aws:iam::${USER}:role/ci` } as const;
const OPEN = sharedWith([sharingTrust(ROLE)]);
const TIGHTENED = sharedWith([sharingTrust({ ...ROLE, uniqueId: "AROAEXAMPLE0000000001" })]);
const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888";
const SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:git-token-AbCdEf";

function define(
  stack: Construct,
  resource: SharedResource,
  providerRegion?: string,
): CrossAccountResource {
  switch (resource.type) {
    case "kms-key":
      return new CrossAccountKey(stack, "shared", { resource, providerRegion });
    case "ecr-repository":
      return new CrossAccountRepository(stack, "shared", { resource, providerRegion });
    case "secret":
      return new CrossAccountSecret(stack, "shared", { resource, providerRegion });
    case "s3-bucket":
      return new CrossAccountBucket(stack, "shared", { resource, providerRegion });
    case "sns-topic":
      return new CrossAccountTopic(stack, "shared", { resource, providerRegion });
    case "sqs-queue":
      return new CrossAccountQueue(stack, "shared", { resource, providerRegion });
    case "event-bus":
      return new CrossAccountEventBus(stack, "shared", { resource, providerRegion });
    case "lambda-function":
      return new CrossAccountFunction(stack, "shared", { resource, providerRegion });
  }
}

function synthesize(resource: SharedResource, providerRegion?: string): StackJson {
  return synthesizeStack((stack) => void define(stack, resource, providerRegion));
}

function withoutPolicies({ resource }: StackJson): unknown {
  const copy = structuredClone(resource);
  for (const block of Object.values(copy).flatMap((all) => Object.values(all))) delete block.policy;
  return copy;
}

const KINDS = [
  ["kms-key", "aws_kms_key", { aws_kms_key: 1, aws_kms_alias: 1 }],
  [
    "ecr-repository",
    "aws_ecr_repository_policy",
    { aws_ecr_repository: 1, aws_ecr_repository_policy: 1 },
  ],
  [
    "secret",
    "aws_secretsmanager_secret_policy",
    {
      aws_kms_key: 1,
      aws_kms_alias: 1,
      aws_secretsmanager_secret: 1,
      aws_secretsmanager_secret_policy: 1,
    },
  ],
  [
    "s3-bucket",
    "aws_s3_bucket_policy",
    {
      aws_s3_bucket: 1,
      aws_s3_bucket_ownership_controls: 1,
      aws_s3_bucket_policy: 1,
      aws_s3_bucket_public_access_block: 1,
      aws_s3_bucket_server_side_encryption_configuration: 1,
      aws_s3_bucket_versioning: 1,
    },
  ],
  ["sns-topic", "aws_sns_topic_policy", { aws_sns_topic: 1, aws_sns_topic_policy: 1 }],
  ["sqs-queue", "aws_sqs_queue_policy", { aws_sqs_queue: 1, aws_sqs_queue_policy: 1 }],
  [
    "event-bus",
    "aws_cloudwatch_event_bus_policy",
    { aws_cloudwatch_event_bus: 1, aws_cloudwatch_event_bus_policy: 1 },
  ],
] as const;

describe.each(KINDS)("a %s", (type, policyType, resources) => {
  test("is these resources, with the whole policy", () => {
    const stack = synthesize(OPEN[type]);
    expect(countResources(stack)).toEqual(resources);
    expect(policyOf(only(stack, policyType))).toEqual(resourcePolicy(OPEN[type]));
  });

  test("changes its policy alone from stage to stage", () => {
    const [was, is] = [synthesize(OPEN[type]), synthesize(TIGHTENED[type])];
    expect(withoutPolicies(is)).toEqual(withoutPolicies(was));
    expect(policyOf(only(is, policyType))).toEqual(resourcePolicy(TIGHTENED[type]));
    expect(only(is, policyType)).not.toEqual(only(was, policyType));
  });

  test("says its Region where the provider has another, in every resource", () => {
    const blocks = (stack: StackJson) =>
      Object.keys(stack.resource).flatMap((each) => Object.values(resourcesOf(stack, each)));
    for (const block of blocks(synthesize(OPEN[type], "eu-west-1"))) {
      expect(block).not.toHaveProperty("region");
    }
    for (const block of blocks(synthesize(OPEN[type], "us-east-1"))) {
      expect(block.region).toBe("eu-west-1");
    }
  });

  test("that exists gets its policy alone", () => {
    const resource: SharedResource = {
      ...OPEN[type],
      ownership: "existing",
      ...(type === "kms-key" && { keyArn: KEY_ARN }),
      ...(type === "secret" && {
        key: { ownership: "existing", keyArn: KEY_ARN },
        secretArn: SECRET_ARN,
      }),
    };
    const stack = synthesize(resource);
    const existingType = type === "kms-key" ? "aws_kms_key_policy" : policyType;
    expect(countResources(stack)).toEqual({ [existingType]: 1 });
    expect(policyOf(only(stack, existingType))).toEqual(resourcePolicy(resource));
  });
});

describe("a key", () => {
  const key = OPEN["kms-key"];

  test("rotates, is deleted after the days asked for, and tells its ARN by its alias", () => {
    synthesizeStack((stack) => {
      expect(define(stack, key).keyArns).toEqual({
        "arn:aws:kms:eu-west-1:111122223333:alias/ami": expect.stringContaining("TOKEN"),
      });
    });
    const stack = synthesize({ ...key, deletionWindowInDays: 7 });
    expect(only(stack, "aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 7,
    });
    expect(only(stack, "aws_kms_alias")).toMatchObject({ name: "alias/ami" });
  });

  test("of several Regions is a primary and replicas of it, each with its policy and alias", () => {
    const primary = { ...key, multiRegion: "primary" } as const;
    const replica = {
      ...key,
      region: "us-east-1",
      multiRegion: { replicaOf: "arn:aws:kms:eu-west-1:111122223333:alias/ami" },
    } as const;
    const stack = synthesizeStack((scope) => {
      const { keyArnReference } = new CrossAccountKey(scope, "primary", { resource: primary });
      new CrossAccountKey(scope, "replica", {
        resource: replica,
        providerRegion: "eu-west-1",
        primaryKeyArn: keyArnReference,
      });
    });
    expect(countResources(stack)).toEqual({
      aws_kms_key: 1,
      aws_kms_replica_key: 1,
      aws_kms_alias: 2,
    });
    expect(only(stack, "aws_kms_key").multi_region).toBe(true);
    expect(only(stack, "aws_kms_replica_key")).toMatchObject({
      region: "us-east-1",
      primary_key_arn: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/),
    });
    expect(policyOf(only(stack, "aws_kms_replica_key"))).toEqual(resourcePolicy(replica));
    expect(() => synthesize(replica)).toThrow("expected the ARN of its primary key, found none");
  });

  test("that exists is named by its ID, as the provider reads it back, and fails without its ARN", () => {
    const existing = { ...key, ownership: "existing" } as const;
    const stack = synthesize({ ...existing, keyArn: KEY_ARN });
    expect(only(stack, "aws_kms_key_policy").key_id).toBe("11112222-3333-4444-5555-666677778888");
    expect(() => synthesize(existing)).toThrow(
      "key alias/ami: expected the ARN of the existing key, found none",
    );
  });
});

test("a secret has a key of its own with its own policy, and never a value", () => {
  const stack = synthesize(OPEN.secret);
  expect(policyOf(only(stack, "aws_kms_key"))).toEqual(secretKeyPolicy(OPEN.secret));
  expect(only(stack, "aws_secretsmanager_secret")).toEqual({
    name: "git-token",
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/),
    recovery_window_in_days: 30,
  });
});

test("a secret that exists is named by its whole ARN", () => {
  const key = { ownership: "existing", keyArn: KEY_ARN } as const;
  const existing = { ...OPEN.secret, ownership: "existing", key } as const;
  const stack = synthesize({ ...existing, secretArn: SECRET_ARN });
  expect(only(stack, "aws_secretsmanager_secret_policy").secret_arn).toBe(SECRET_ARN);
  expect(() => synthesize(existing)).toThrow(
    "secret git-token: expected the ARN of the existing secret, found none",
  );
});

test("a repository scans on push, keeps its tags, and lets images go as asked", () => {
  const stack = synthesize({
    ...OPEN["ecr-repository"],
    lifecycle: { keepImages: 20, untaggedDays: 7 },
  });
  expect(only(stack, "aws_ecr_repository")).toMatchObject({
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: true },
  });
  expect(policyOf(only(stack, "aws_ecr_lifecycle_policy"))).toEqual({
    rules: [
      {
        rulePriority: 1,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: 7,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 20 },
        action: { type: "expire" },
      },
    ],
  });
});

test("a function has a permission per principal, and none for a role that is not confirmed", () => {
  expect(countResources(synthesize(OPEN["lambda-function"]))).toEqual({});
  expect(only(synthesize(TIGHTENED["lambda-function"]), "aws_lambda_permission")).toEqual({
    statement_id: `role-${USER}-ci`,
    function_name: "resize",
    action: "lambda:InvokeFunction",
    principal: ROLE.principalArn,
  });
});

test("an existing queue is reached by its URL, FIFO queues and topics are told by their names", () => {
  const existing = synthesize({ ...OPEN["sqs-queue"], ownership: "existing" });
  expect(only(existing, "aws_sqs_queue_policy").queue_url).toBe(
    "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs",
  );
  const queue = synthesize({ ...OPEN["sqs-queue"], name: "jobs.fifo" });
  expect(only(queue, "aws_sqs_queue")).toMatchObject({ fifo_queue: true });
  const topic = synthesize({ ...OPEN["sns-topic"], name: "builds.fifo" });
  expect(only(topic, "aws_sns_topic")).toMatchObject({ fifo_topic: true });
});

describe("shared with nobody of another account", () => {
  const alone = sharedWith([]);

  test.each(KINDS.map(([type]) => type))("a %s has no policy without a statement", (type) => {
    const resource: SharedResource = alone[type];
    const json = synthesize(
      resource.type === "ecr-repository" ? { ...resource, allow: ["pull", "lambda"] } : resource,
    );
    const policies = Object.values(json.resource)
      .flatMap((all) => Object.values(all))
      .flatMap(({ policy }) => (typeof policy === "string" ? [policy] : []));
    expect(policies.filter((policy) => policy.includes('"Statement":[]'))).toEqual([]);
    expect(policies.join()).not.toContain('"aws:SourceArn":[]');
    expect(Object.keys(json.resource).filter((each) => each.endsWith("_policy"))).toEqual(
      type === "s3-bucket" ? ["aws_s3_bucket_policy"] : [],
    );
  });
});
