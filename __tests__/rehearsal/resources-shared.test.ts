import { toEstate } from "../../src/rehearsal/to-estate";
import type { Attributes } from "../../src/rehearsal/value";
import { HUB, MEMBER, one, OTHER, outputs, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

describe("a resource in a region", () => {
  const stack = (part: Attributes, provider: Attributes = {}): StackParts => ({
    provider,
    ...one("aws_sns_topic", { name: "things", ...part }),
    output: outputs({ arn: "${aws_sns_topic.it.arn}" }),
  });
  const arnIn = (region: string): string => `arn:aws:sns:${region}:${MEMBER}:things`;

  it("is where its own region says, else the provider's", () => {
    const world = new TestWorld();
    expect(outputsOf(world.deploy(MEMBER, stack({}))).arn).toBe(arnIn("eu-west-1"));
    const moved = world.deploy(MEMBER, stack({ region: "us-east-1" }));
    expect(changesOf(moved)).toEqual(["replace aws_sns_topic.it (region)"]);
    expect(outputsOf(moved).arn).toBe(arnIn("us-east-1"));
    expect([...toEstate(world.aws).resources.keys()]).toEqual([arnIn("us-east-1")]);
  });

  it("stays where its region is written or left out, as long as it is the same", () => {
    const world = new TestWorld();
    changesOf(world.deploy(MEMBER, stack({})));
    expect(changesOf(world.deploy(MEMBER, stack({ region: "eu-west-1" })))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, stack({})))).toEqual([]);
  });
});

describe("what is named", () => {
  const queue = `https://sqs.eu-west-1.amazonaws.com/${MEMBER}/things`;
  const repository = `${MEMBER}.dkr.ecr.eu-west-1.amazonaws.com/things`;
  const cases: readonly (readonly [string, Attributes, Attributes])[] = [
    ["aws_s3_bucket", { bucket: "things" }, { id: "things", arn: "arn:aws:s3:::things" }],
    ["aws_sqs_queue", { name: "things" }, { id: queue, url: queue, name: "things" }],
    [
      "aws_ecr_repository",
      { name: "things" },
      { id: "things", registry_id: MEMBER, repository_url: repository },
    ],
    [
      "aws_cloudwatch_event_bus",
      { name: "things" },
      { id: "things", arn: `arn:aws:events:eu-west-1:${MEMBER}:event-bus/things` },
    ],
    [
      "aws_lambda_function",
      { function_name: "things" },
      { id: "things", arn: `arn:aws:lambda:eu-west-1:${MEMBER}:function:things` },
    ],
    [
      "aws_config_configuration_aggregator",
      { name: "things", account_aggregation_source: [{ account_ids: [OTHER] }] },
      { id: "things" },
    ],
    [
      "aws_config_aggregate_authorization",
      { account_id: HUB, authorized_aws_region: "us-east-1" },
      {
        id: `${HUB}:us-east-1`,
        arn: `arn:aws:config:eu-west-1:${MEMBER}:aggregation-authorization/${HUB}/us-east-1`,
      },
    ],
    ["aws_ecr_replication_configuration", {}, { id: MEMBER, registry_id: MEMBER }],
  ];

  it.each(cases)("has the attributes of %s, and plans nothing afterwards", (type, part, shown) => {
    const world = new TestWorld();
    const stack = {
      ...one(type, part),
      output: outputs(
        Object.fromEntries(Object.keys(shown).map((name) => [name, `\${${type}.it.${name}}`])),
      ),
    };
    expect(outputsOf(world.deploy(MEMBER, stack))).toEqual(shown);
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, {}))).toEqual([`delete ${type}.it`]);
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([`create ${type}.it`]);
  });

  const taken: readonly (readonly [string, Attributes, string])[] = [
    ["aws_s3_bucket", { bucket: "things" }, "BucketAlreadyOwnedByYou"],
    ["aws_ecr_repository", { name: "things" }, "RepositoryAlreadyExistsException"],
    ["aws_cloudwatch_event_bus", { name: "things" }, "ResourceAlreadyExistsException"],
    ["aws_secretsmanager_secret", { name: "things" }, "ResourceExistsException"],
    [
      "aws_iam_service_linked_role",
      { aws_service_name: "autoscaling.amazonaws.com" },
      "InvalidInput: Service role name AWSServiceRoleForAutoScaling has been taken in this account, please try a different suffix.",
    ],
  ];

  it.each(taken)("is refused where %s of that name exists", (type, part, error) => {
    const world = new TestWorld();
    const twice = { resource: { [type]: { it: part, other: part } } };
    changesOf(world.deploy(MEMBER, one(type, part)));
    expect(failureOf(world.deploy(MEMBER, twice))).toContain(`${type}.other: ${error}`);
  });
});

describe("a bucket's name", () => {
  it("is one over all accounts, and free again when the bucket is deleted", () => {
    const world = new TestWorld();
    const stack = one("aws_s3_bucket", { bucket: "things" });
    changesOf(world.deploy(HUB, stack));
    const refused = world.deploy(MEMBER, stack);
    expect(failureOf(refused)).toContain("aws_s3_bucket.it: BucketAlreadyExists: The requested");
    expect(refused).toMatchObject({ reason: `Account ${HUB} has a bucket of that name.` });
    changesOf(world.deploy(HUB, {}));
    expect(world.deploy(MEMBER, stack).ok).toBe(true);
  });
});

describe("a setting of a bucket", () => {
  it("needs the bucket", () => {
    const world = new TestWorld();
    const part = { bucket: "things", versioning_configuration: { status: "Enabled" } };
    const stack = one("aws_s3_bucket_versioning", part);
    expect(failureOf(world.deploy(MEMBER, stack))).toBe(
      "aws_s3_bucket_versioning.it: NoSuchBucket: The specified bucket does not exist",
    );
  });

  it.each([
    ["object lock enabled", { object_lock_enabled: true }, {}, true],
    ["versioning", {}, { status: "Enabled" }, true],
    ["versioning suspended", {}, { status: "Suspended" }, false],
  ] as const)("for object lock: a bucket with %s", (_name, bucket, versioning, ok) => {
    const result = new TestWorld().deploy(MEMBER, {
      resource: {
        aws_s3_bucket: { b: { bucket: "things", ...bucket } },
        aws_s3_bucket_versioning: {
          v: { bucket: "${aws_s3_bucket.b.id}", versioning_configuration: versioning },
        },
        aws_s3_bucket_object_lock_configuration: {
          l: { bucket: "${aws_s3_bucket.b.id}", depends_on: ["aws_s3_bucket_versioning.v"] },
        },
      },
    });
    if (ok) expect(changesOf(result)).toHaveLength(3);
    else expect(failureOf(result)).toContain("InvalidBucketState");
  });
});

describe("a secret", () => {
  const secret = (part: Attributes): StackParts =>
    one("aws_secretsmanager_secret", { name: "token", ...part });

  it("keeps its name while it can be recovered", () => {
    const world = new TestWorld();
    changesOf(world.deploy(MEMBER, secret({})));
    changesOf(world.deploy(MEMBER, {}));
    expect(failureOf(world.deploy(MEMBER, secret({})))).toContain("scheduled for deletion");
  });

  it("has another ARN when it is made again, and its key in the estate", () => {
    const world = new TestWorld();
    const stack = {
      resource: {
        aws_kms_key: { k: {} },
        aws_secretsmanager_secret: {
          it: { name: "token", recovery_window_in_days: 0, kms_key_id: "${aws_kms_key.k.key_id}" },
        },
      },
      output: outputs({
        arn: "${aws_secretsmanager_secret.it.arn}",
        key: "${aws_kms_key.k.arn}",
      }),
    };
    const first = outputsOf(world.deploy(MEMBER, stack));
    expect(first.arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:\d+:secret:token-[A-Za-z]{6}$/);
    const shown = toEstate(world.aws).resources.get(String(first.arn));
    expect(shown?.encryptedWith).toBe(first.key);
    expect(changesOf(world.deploy(MEMBER, stack))).toEqual([]);
    changesOf(world.deploy(MEMBER, {}));
    expect(outputsOf(world.deploy(MEMBER, stack)).arn).not.toBe(first.arn);
  });
});
