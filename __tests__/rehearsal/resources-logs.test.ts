import { seedRecorder, seedServiceLinkedRole } from "../../src/rehearsal/seed-shared";
import type { Attributes } from "../../src/rehearsal/value";
import { HUB, MEMBER, OTHER, outputs, rootOf, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

const BUCKET = "arn:aws:s3:::acme-logs";
const CONFIG_ROLE = `arn:aws:iam::${MEMBER}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
const ORGANIZATION = "o-a1b2c3d4e5";

type Service = "cloudtrail" | "config";

function writes(service: Service, condition: object, resources: readonly string[] = []): object {
  return {
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: ["s3:GetBucketAcl", "s3:PutObject"],
    Resource: [BUCKET, ...(resources.length > 0 ? resources : [`${BUCKET}/AWSLogs/*`])],
    Condition: condition,
  };
}

/** Deploys the logs account (HUB); gives the key's ARN. */
function deployLogs(world: TestWorld, bucket: readonly object[], key: readonly object[]): string {
  const policy = (statements: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const administration = {
    Effect: "Allow",
    Principal: { AWS: rootOf(HUB) },
    Action: "kms:*",
    Resource: "*",
  };
  const result = world.deploy(HUB, {
    resource: {
      aws_kms_key: { k: { policy: policy([administration, ...key]) } },
      aws_s3_bucket: { b: { bucket: "acme-logs" } },
      ...(bucket.length > 0 && {
        aws_s3_bucket_policy: { p: { bucket: "${aws_s3_bucket.b.id}", policy: policy(bucket) } },
      }),
    },
    output: outputs({ arn: "${aws_kms_key.k.arn}" }),
  });
  return String(outputsOf(result).arn);
}

function encrypts(condition: object): object {
  return {
    Effect: "Allow",
    Principal: { Service: ["cloudtrail.amazonaws.com", "config.amazonaws.com"] },
    Action: ["kms:DescribeKey", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: condition,
  };
}

const trail = (part: Attributes = {}): StackParts => ({
  resource: { aws_cloudtrail: { t: { name: "trail", s3_bucket_name: "acme-logs", ...part } } },
});

const recorder = (part: Attributes = {}): StackParts => ({
  resource: {
    aws_config_configuration_recorder: { r: { role_arn: CONFIG_ROLE } },
    aws_config_delivery_channel: {
      c: {
        s3_bucket_name: "acme-logs",
        depends_on: ["aws_config_configuration_recorder.r"],
        ...part,
      },
    },
    aws_config_configuration_recorder_status: {
      s: {
        name: "${aws_config_configuration_recorder.r.name}",
        is_enabled: true,
        depends_on: ["aws_config_delivery_channel.c"],
      },
    },
  },
});

const FOR_MEMBER = { StringEquals: { "aws:SourceAccount": [MEMBER] } };
const FOR_OTHER = { StringEquals: { "aws:SourceAccount": [OTHER] } };
const FOR_ORGANIZATION = { StringEquals: { "aws:SourceOrgID": ORGANIZATION } };
const FOR_ITS_TRAIL = {
  StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:eu-west-1:${MEMBER}:trail/trail` },
};

/** Account MEMBER is in the organization and has AWS Config's role. */
function makeWorld(): TestWorld {
  const world = new TestWorld({ organizationIds: new Map([[MEMBER, ORGANIZATION]]) });
  seedServiceLinkedRole(world.aws, MEMBER, "config.amazonaws.com");
  return world;
}

const SERVICES = [
  {
    service: "cloudtrail",
    stack: trail,
    keyArgument: "kms_key_id",
    refused: "InsufficientS3BucketPolicyException",
    keyRefused: "InsufficientEncryptionPolicyException",
    noBucket: "S3BucketDoesNotExistException",
    noKey: "KmsKeyNotFoundException",
  },
  {
    service: "config",
    stack: recorder,
    keyArgument: "s3_kms_key_arn",
    refused: "InsufficientDeliveryPolicyException",
    keyRefused: "InsufficientDeliveryPolicyException",
    noBucket: "NoSuchBucketException",
    noKey: "InvalidS3KmsKeyArnException",
  },
] as const;

describe.each(SERVICES)("$service", (row) => {
  const { service, stack, keyArgument } = row;
  const policies: readonly (readonly [string, readonly object[], boolean])[] = [
    ["lists the account", [writes(service, FOR_MEMBER)], true],
    ["has the account's organization", [writes(service, FOR_ORGANIZATION)], true],
    [
      "wants the owner to control the objects",
      [
        writes(service, FOR_MEMBER, []),
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: `${BUCKET}/*`,
          Condition: { StringNotEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
      true,
    ],
    ["is not there", [], false],
    ["lists another account", [writes(service, FOR_OTHER)], false],
    [
      "lets another service",
      [writes(service === "config" ? "cloudtrail" : "config", FOR_MEMBER)],
      false,
    ],
    [
      "lets it write the logs of another account",
      [writes(service, FOR_MEMBER, [`${BUCKET}/AWSLogs/${OTHER}/*`])],
      false,
    ],
  ];

  it.each(policies)("where the bucket's policy %s", (_name, statements, taken) => {
    const world = makeWorld();
    deployLogs(world, statements, []);
    const result = world.deploy(MEMBER, stack());
    if (taken) expect(changesOf(result)).not.toEqual([]);
    else {
      expect(failureOf(result)).toContain(row.refused);
      expect(result).toMatchObject({ reason: expect.stringMatching(/\w/) });
    }
    if (taken) expect(changesOf(world.deploy(MEMBER, stack()))).toEqual([]);
  });

  it("is refused before the bucket exists", () => {
    expect(failureOf(makeWorld().deploy(MEMBER, stack()))).toContain(row.noBucket);
  });

  it("is refused with a key that does not let it encrypt, or does not exist", () => {
    const world = makeWorld();
    const bucket = [writes(service, FOR_MEMBER)];
    const keyArn = deployLogs(world, bucket, [encrypts(FOR_OTHER)]);
    const withKey = (arn: string): StackParts => stack({ [keyArgument]: arn });
    expect(failureOf(world.deploy(MEMBER, withKey(keyArn)))).toContain(row.keyRefused);
    expect(failureOf(world.deploy(MEMBER, withKey(`${keyArn}0`)))).toContain(row.noKey);
    deployLogs(world, bucket, [encrypts(FOR_MEMBER)]);
    changesOf(world.deploy(MEMBER, withKey(keyArn)));
  });
});

describe("a trail", () => {
  it("is known to the bucket's policy by its ARN", () => {
    const world = makeWorld();
    deployLogs(world, [writes("cloudtrail", FOR_ITS_TRAIL)], []);
    expect(world.deploy(MEMBER, trail()).ok).toBe(true);
    expect(failureOf(world.deploy(MEMBER, trail({ name: "other" })))).toContain(
      "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: acme-logs",
    );
  });

  it("of the organization needs the organization's folder too", () => {
    const world = makeWorld();
    const organization = trail({ is_organization_trail: true });
    const own = `${BUCKET}/AWSLogs/${MEMBER}/*`;
    deployLogs(world, [writes("cloudtrail", FOR_ITS_TRAIL, [own])], []);
    expect(failureOf(world.deploy(MEMBER, organization))).toContain("InsufficientS3Bucket");
    const both = [own, `${BUCKET}/AWSLogs/${ORGANIZATION}/*`];
    deployLogs(world, [writes("cloudtrail", FOR_ITS_TRAIL, both)], []);
    expect(world.deploy(MEMBER, organization).ok).toBe(true);
  });

  it("writes below its prefix", () => {
    const world = makeWorld();
    deployLogs(world, [writes("cloudtrail", FOR_MEMBER, [`${BUCKET}/trails/AWSLogs/*`])], []);
    expect(world.deploy(MEMBER, trail({ s3_key_prefix: "trails" })).ok).toBe(true);
    expect(failureOf(world.deploy(MEMBER, trail()))).toContain("InsufficientS3Bucket");
  });
});

describe("AWS Config", () => {
  const logs = (world: TestWorld): void => {
    deployLogs(world, [writes("config", FOR_MEMBER)], []);
  };

  it("has one recorder in a region, and may have one in each", () => {
    const world = makeWorld();
    logs(world);
    seedRecorder(world.aws, MEMBER, "us-east-1");
    expect(world.deploy(MEMBER, recorder()).ok).toBe(true);
    const second = (region: string): StackParts => ({
      resource: {
        ...recorder().resource,
        aws_config_configuration_recorder: {
          r: { role_arn: CONFIG_ROLE },
          second: { name: "second", role_arn: CONFIG_ROLE, region },
        },
      },
    });
    const refused = world.deploy(MEMBER, second("us-east-1"));
    expect(failureOf(refused)).toContain(
      "MaxNumberOfConfigurationRecordersExceededException: Failed to put configuration recorder 'second' because the maximum number of configuration recorders: 1 is reached.",
    );
    expect(world.deploy(MEMBER, second("us-west-2")).ok).toBe(true);
  });

  it("has no delivery channel without a recorder, and does not record without a channel", () => {
    const world = makeWorld();
    logs(world);
    const channel = { resource: { aws_config_delivery_channel: { c: { s3_bucket_name: "x" } } } };
    expect(failureOf(world.deploy(MEMBER, channel))).toBe(
      "aws_config_delivery_channel.c: NoAvailableConfigurationRecorderException: Configuration recorder is not available to put delivery channel.",
    );
    const status = {
      resource: {
        aws_config_configuration_recorder: { r: { role_arn: CONFIG_ROLE } },
        aws_config_configuration_recorder_status: {
          s: { name: "${aws_config_configuration_recorder.r.name}", is_enabled: true },
        },
      },
    };
    expect(failureOf(world.deploy(MEMBER, status))).toContain("NoAvailableDeliveryChannel");
  });

  it("needs the role of its recorder", () => {
    const world = new TestWorld();
    logs(world);
    expect(failureOf(world.deploy(MEMBER, recorder()))).toContain("InvalidRoleException");
  });

  it("writes as its recorder's role where that is not the service's own", () => {
    const world = makeWorld();
    logs(world);
    const resource = {
      aws_iam_role: {
        w: {
          name: "writer",
          assume_role_policy: JSON.stringify({
            Statement: {
              Effect: "Allow",
              Principal: { Service: "config.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          }),
        },
      },
      ...recorder().resource,
      aws_config_configuration_recorder: { r: { role_arn: "${aws_iam_role.w.arn}" } },
    };
    expect(failureOf(world.deploy(MEMBER, { resource }))).toBe(
      "aws_config_delivery_channel.c: InsufficientDeliveryPolicyException: Insufficient delivery policy to s3 bucket: acme-logs, unable to get s3 bucket acl.",
    );
  });

  it("can be taken down: the recorder stops before the channel goes", () => {
    const world = makeWorld();
    logs(world);
    changesOf(world.deploy(MEMBER, recorder()));
    expect(changesOf(world.deploy(MEMBER, {}))).toEqual([
      "delete aws_config_configuration_recorder_status.s",
      "delete aws_config_delivery_channel.c",
      "delete aws_config_configuration_recorder.r",
    ]);
  });
});
