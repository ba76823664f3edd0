import { seedExistingResources } from "../../src/rehearsal/seed-existing";
import { seedServiceLinkedRole, seedShared } from "../../src/rehearsal/seed-shared";
import { toEstate } from "../../src/rehearsal/to-estate";
import type { SharedResource } from "../../src/sharing/shared-resource";
import { modelOf } from "./model-of";
import { POLICY_STACKS, sharedWith } from "./policy-stacks";
import { HUB, MEMBER, one, OTHER, rootOf, type StackParts } from "./stacks";
import { changesOf, failureOf, TestWorld } from "./test-world";

const COMMON = {
  partition: "aws",
  accountId: MEMBER,
  region: "eu-west-1",
  name: "things",
  ownership: "existing",
  trusts: [],
  keep: [],
} as const;

const EXISTING = {
  "s3-bucket": { ...COMMON, type: "s3-bucket", allow: [], prefix: "" },
  "ecr-repository": {
    ...COMMON,
    type: "ecr-repository",
    allow: [],
    scanOnPush: true,
    immutableTags: true,
    replicateTo: [],
  },
  "sns-topic": { ...COMMON, type: "sns-topic", allow: [] },
  "sqs-queue": { ...COMMON, type: "sqs-queue", allow: [] },
  "event-bus": { ...COMMON, type: "event-bus" },
} as const satisfies Readonly<Record<string, SharedResource>>;

describe("what existed before", () => {
  const policyOnly = (
    type: "s3-bucket" | "ecr-repository" | "sns-topic" | "sqs-queue" | "event-bus",
    argument: string,
    named: string,
    name: string,
  ): StackParts => {
    const policyType = POLICY_STACKS[type].address.split(".")[0];
    return one(policyType, {
      [argument]: named,
      policy: sharedWith(type, rootOf(HUB)).replaceAll(/shared-things|team\/things/g, name),
    });
  };
  const url = `https://sqs.eu-west-1.amazonaws.com/${MEMBER}/things`;
  const cases = [
    ["s3-bucket", "bucket", "things", "NoSuchBucket"],
    ["ecr-repository", "repository", "things", "RepositoryNotFoundException"],
    ["sns-topic", "arn", `arn:aws:sns:eu-west-1:${MEMBER}:things`, "NotFound"],
    ["sqs-queue", "queue_url", url, "AWS.SimpleQueueService.NonExistentQueue"],
    ["event-bus", "event_bus_name", "things", "ResourceNotFoundException"],
  ] as const;

  it.each(cases)("as %s takes a policy that fails otherwise", (type, argument, named, error) => {
    const world = new TestWorld();
    const stack = policyOnly(type, argument, named, "things");
    expect(failureOf(world.deploy(MEMBER, stack))).toContain(`.it: ${error}: `);
    seedShared(world.aws, EXISTING[type]);
    seedShared(world.aws, EXISTING[type]);
    expect(changesOf(world.deploy(MEMBER, stack))).toHaveLength(1);
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([]);
  });

  it("is the default event bus of each region", () => {
    const stack = policyOnly("event-bus", "event_bus_name", "default", "default");
    expect(new TestWorld().deploy(MEMBER, stack).ok).toBe(true);
  });

  it("is a key with AWS's own policy, and the key of a secret in another account", () => {
    const world = new TestWorld();
    const keyArn = `arn:aws:kms:eu-west-1:${OTHER}:key/11111111-2222-3333-4444-555555555555`;
    const secretArn = `arn:aws:secretsmanager:eu-west-1:${MEMBER}:secret:token-AbCdEf`;
    seedShared(world.aws, {
      type: "secret",
      partition: "aws",
      accountId: MEMBER,
      region: "eu-west-1",
      name: "token",
      ownership: "existing",
      trusts: [],
      keep: [],
      key: { ownership: "existing", keyArn },
      secretArn,
      recoveryWindowInDays: 30,
    });
    const { resources } = toEstate(world.aws);
    expect(resources.get(secretArn)?.encryptedWith).toBe(keyArn);
    expect(resources.get(keyArn)?.policy).toMatchObject({
      Statement: [{ Principal: { AWS: rootOf(OTHER) } }],
    });
  });

  it("is a service-linked role: refused to be made, once it is there", () => {
    const world = new TestWorld();
    const stack = one("aws_iam_service_linked_role", { aws_service_name: "config.amazonaws.com" });
    seedServiceLinkedRole(world.aws, MEMBER, "config.amazonaws.com");
    expect(failureOf(world.deploy(MEMBER, stack))).toContain("InvalidInput: Service role name");
    expect(world.deploy(OTHER, stack).ok).toBe(true);
  });
});

describe("what accounts.json says is there", () => {
  it("is made before the rollout: resources, roles of services, recorders", () => {
    const model = modelOf({
      accounts: { dev: { id: MEMBER, existingServiceLinkedRoles: ["autoscaling"] } },
    });
    const [account] = model.accounts;
    const location = { file: "accounts.json", line: 1, column: 1 };
    const world = new TestWorld();
    const sharing = [
      EXISTING["sqs-queue"],
      { ...EXISTING["sns-topic"], ownership: "defined" as const },
    ];
    seedExistingResources(world.aws, {
      ...model,
      sharing: sharing.map((resource) => ({
        key: "it",
        account,
        stack: "dev",
        resource,
        named: [],
        location,
      })),
      logging: [
        {
          account,
          stack: "dev",
          location,
          buckets: [],
          config: [
            {
              region: "us-east-1",
              recorder: "existing",
            },
          ],
          configServiceLinkedRole: "defined",
        },
      ],
    });
    const estate = toEstate(world.aws);
    expect([...estate.resources.keys()]).toEqual([`arn:aws:sqs:eu-west-1:${MEMBER}:things`]);
    expect([...estate.identities.values()].map(({ name }) => name)).toEqual([
      "AWSServiceRoleForAutoScaling",
    ]);
    seedServiceLinkedRole(world.aws, MEMBER, "config.amazonaws.com");
    const recorder = one("aws_config_configuration_recorder", {
      name: "ours",
      region: "us-east-1",
      role_arn: `arn:aws:iam::${MEMBER}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    });
    expect(failureOf(world.deploy(MEMBER, recorder))).toContain(
      "MaxNumberOfConfigurationRecorders",
    );
  });
});
