import { modelWithLock } from "../../src/model/rollout/with-lock";
import type { Model } from "../../src/model/model";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { countResources, resourcesOf, type Block, type StackJson } from "../constructs/stack-json";
import { modelOf, synthesize } from "./organization";

const ACCOUNTS = {
  root: { id: "100000000001", management: true },
  logs: { id: "111122223333" },
  dev: { id: "444455556666", region: "eu-west-1" },
};
const LOGS = {
  account: "logs",
  key: { alias: "logs" },
  cloudtrail: { bucket: "acme-cloudtrail" },
  config: { bucket: "acme-config", aggregator: true },
};
const ORGANIZATION = "o-a1b2c3d4e5";
const IN_ORGANIZATION = { organizationId: ORGANIZATION };
const ALIAS = "arn:aws:kms:us-east-1:111122223333:alias/logs";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd";

function organization(change: Readonly<Record<string, unknown>> = {}): Model {
  return modelOf({ settings: IN_ORGANIZATION, accounts: ACCOUNTS, logs: LOGS, ...change });
}

/** The only resource of a type, with its address. */
function only(stack: StackJson, type: string): readonly [address: string, block: Block] {
  const all = Object.entries(resourcesOf(stack, type));
  expect(all).toHaveLength(1);
  return all[0];
}

function addressesOf(stack: StackJson, ...types: readonly string[]): readonly string[] {
  return types.flatMap((type) => Object.keys(resourcesOf(stack, type)));
}

function value(stack: StackJson, output: string): unknown {
  return stack.output[output]?.value;
}

describe("what each account's stack has", () => {
  const stacks = synthesize(organization());
  const MEMBER = {
    aws_cloudtrail: 1,
    aws_config_aggregate_authorization: 1,
    aws_config_configuration_recorder: 1,
    aws_config_configuration_recorder_status: 1,
    aws_config_delivery_channel: 1,
    aws_iam_service_linked_role: 1,
  };

  test.each(["root", "dev"])("a trail, Config and its authorization: %s", (name) => {
    expect(countResources(stacks[name])).toEqual(MEMBER);
  });

  test("and in the logs account the buckets, their key and the aggregator", () => {
    expect(countResources(stacks.logs)).toEqual({
      ...MEMBER,
      aws_config_configuration_aggregator: 1,
      aws_kms_alias: 1,
      aws_kms_key: 1,
      aws_s3_bucket: 2,
      aws_s3_bucket_ownership_controls: 2,
      aws_s3_bucket_policy: 2,
      aws_s3_bucket_public_access_block: 2,
      aws_s3_bucket_server_side_encryption_configuration: 2,
      aws_s3_bucket_versioning: 2,
    });
  });

  test("nothing where the account is left out", () => {
    const { dev } = synthesize(organization({ logs: { ...LOGS, except: ["dev"] } }));
    expect(countResources(dev)).toEqual({});
  });

  test("an authorization alone beside a recorder of others, and the trail", () => {
    const config = { ...LOGS.config, existing: ["dev"] };
    const { dev } = synthesize(organization({ logs: { ...LOGS, config } }));
    expect(countResources(dev)).toEqual({
      aws_cloudtrail: 1,
      aws_config_aggregate_authorization: 1,
    });
  });

  test("no service-linked role where there is one", () => {
    const dev = { ...ACCOUNTS.dev, existingServiceLinkedRoles: ["config"] };
    const stack = synthesize(organization({ accounts: { ...ACCOUNTS, dev } })).dev;
    expect(countResources(stack)).toEqual({
      ...MEMBER,
      aws_iam_service_linked_role: undefined,
    });
  });

  test("the organization's trail in the management account alone", () => {
    const cloudtrail = { ...LOGS.cloudtrail, organizationTrail: true };
    const all = synthesize(organization({ logs: { ...LOGS, cloudtrail } }));
    const trails = Object.entries(all).map(([name, { resource }]) => [
      name,
      Object.values(resource.aws_cloudtrail ?? {}).map((trail) => trail.is_organization_trail),
    ]);
    expect(trails).toEqual([
      ["root", [true]],
      ["logs", []],
      ["dev", []],
    ]);
  });
});

describe("a trail", () => {
  test("is of every Region, with validation, and waits for nothing where the bucket is elsewhere", () => {
    const [, trail] = only(synthesize(organization()).dev, "aws_cloudtrail");
    expect(trail).toEqual({
      name: "crosstrust",
      s3_bucket_name: "acme-cloudtrail",
      is_multi_region_trail: true,
      enable_log_file_validation: true,
    });
  });

  test("beside its bucket is made after the bucket's policy, with a reference to the key", () => {
    const { logs } = synthesize(organization());
    const [, trail] = only(logs, "aws_cloudtrail");
    const [key] = only(logs, "aws_kms_key");
    expect(trail.kms_key_id).toBe(`\${${key}.arn}`);
    expect(trail.depends_on).toEqual(
      expect.arrayContaining([...addressesOf(logs, "aws_s3_bucket_policy", "aws_kms_key")]),
    );
  });
});

describe("Config", () => {
  test("records with the service-linked role, in each listed Region", () => {
    const regions = ["eu-central-1", "eu-west-1"];
    const { dev } = synthesize(organization({ logs: { ...LOGS, regions } }));
    const [role] = only(dev, "aws_iam_service_linked_role");
    const roleArn =
      "arn:aws:iam::444455556666:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
    const recorder = {
      name: "crosstrust",
      role_arn: roleArn,
      depends_on: [role],
    };
    expect(Object.values(resourcesOf(dev, "aws_config_configuration_recorder"))).toEqual([
      {
        ...recorder,
        region: "eu-central-1",
        recording_group: { all_supported: true, include_global_resource_types: false },
      },
      {
        ...recorder,
        recording_group: { all_supported: true, include_global_resource_types: true },
      },
    ]);
    expect(Object.values(resourcesOf(dev, "aws_config_aggregate_authorization"))).toEqual([
      {
        region: "eu-central-1",
        account_id: "111122223333",
        authorized_aws_region: "us-east-1",
      },
      { account_id: "111122223333", authorized_aws_region: "us-east-1" },
    ]);
  });

  test("starts the recorder after the channel, and makes the channel after the recorder", () => {
    const { dev } = synthesize(organization());
    const [recorder] = only(dev, "aws_config_configuration_recorder");
    const [channelAddress, channel] = only(dev, "aws_config_delivery_channel");
    const [, status] = only(dev, "aws_config_configuration_recorder_status");
    expect(channel).toMatchObject({ name: "crosstrust", s3_bucket_name: "acme-config" });
    expect(channel.depends_on).toContain(recorder);
    expect(status).toMatchObject({ is_enabled: true, depends_on: [channelAddress] });
  });

  test("is aggregated from the whole list of accounts", () => {
    const [, aggregator] = only(
      synthesize(organization()).logs,
      "aws_config_configuration_aggregator",
    );
    expect(aggregator).toEqual({
      name: "crosstrust",
      account_aggregation_source: {
        account_ids: ["100000000001", "111122223333", "444455556666"],
        regions: ["eu-west-1", "us-east-1"],
      },
    });
  });
});

describe("the logs account's key", () => {
  const model = organization();
  const before = synthesize(model);
  const after = synthesize(modelWithLock(model, { ...EMPTY_LOCK, keys: { [ALIAS]: KEY } }));

  test("is told by its own stack, once it and the buckets are applied", () => {
    const [key] = only(before.logs, "aws_kms_key");
    expect(value(before.logs, "shared_keys")).toEqual({ [ALIAS]: `\${${key}.arn}` });
    expect(before.logs.output.trust_terms?.depends_on).toEqual(
      expect.arrayContaining([
        ...addressesOf(
          before.logs,
          "aws_kms_key",
          "aws_s3_bucket_policy",
          "aws_config_configuration_aggregator",
        ),
      ]),
    );
    expect(before.dev.output.shared_keys).toBeUndefined();
  });

  test("is named by other accounts only once it is confirmed, and no other argument changes", () => {
    expect(after.logs).toEqual(before.logs);
    for (const name of ["root", "dev"]) {
      const [trail] = only(before[name], "aws_cloudtrail");
      const [channel] = only(before[name], "aws_config_delivery_channel");
      const expected = structuredClone(before[name]);
      expected.resource.aws_cloudtrail[trail.split(".")[1]].kms_key_id = KEY;
      expected.resource.aws_config_delivery_channel[channel.split(".")[1]].s3_kms_key_arn = KEY;
      // The output tells that the account uses the key now.
      expect(after[name].output.trust_terms).not.toEqual(expected.output.trust_terms);
      expected.output.trust_terms = after[name].output.trust_terms;
      expect(after[name]).toEqual(expected);
    }
  });

  test("is left out without one: S3's own encryption", () => {
    const { logs } = synthesize(organization({ logs: { ...LOGS, key: undefined } }));
    expect(countResources(logs).aws_kms_key).toBeUndefined();
    expect(logs.output.shared_keys).toBeUndefined();
    const encryption = Object.values(
      resourcesOf(logs, "aws_s3_bucket_server_side_encryption_configuration"),
    );
    expect(encryption).toMatchObject(
      Array(2).fill({
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
      }),
    );
  });
});

describe("the log buckets", () => {
  const cloudtrail = {
    ...LOGS.cloudtrail,
    expireAfterDays: 400,
    archiveAfterDays: 30,
    objectLock: { mode: "governance", days: 365 },
  };
  const { logs } = synthesize(organization({ logs: { ...LOGS, cloudtrail } }));

  test("are locked, archived and expire as the file says", () => {
    const [, lock] = only(logs, "aws_s3_bucket_object_lock_configuration");
    const [, lifecycle] = only(logs, "aws_s3_bucket_lifecycle_configuration");
    expect(lock.rule).toEqual({ default_retention: { mode: "GOVERNANCE", days: 365 } });
    expect(lifecycle.rule).toMatchObject([
      { transition: [{ days: 30, storage_class: "GLACIER" }], expiration: [{ days: 400 }] },
    ]);
    const locked = Object.values(resourcesOf(logs, "aws_s3_bucket")).map((bucket) => [
      bucket.bucket,
      bucket.object_lock_enabled,
    ]);
    expect(locked).toEqual([
      ["acme-cloudtrail", true],
      ["acme-config", undefined],
    ]);
  });

  test.each([
    [true, { prevent_destroy: true }],
    [false, undefined],
  ])("and their key are protected as settings.protect says: %s", (protect, lifecycle) => {
    const stack = synthesize(organization({ settings: { ...IN_ORGANIZATION, protect } })).logs;
    for (const type of ["aws_s3_bucket", "aws_kms_key"]) {
      for (const block of Object.values(resourcesOf(stack, type))) {
        expect(block.lifecycle).toEqual(lifecycle);
      }
    }
  });
});

describe("one more account", () => {
  const more = { ...ACCOUNTS, stage: { id: "777788889999", region: "eu-west-1" } };

  /** Names of the stacks whose JSON differs or is new. */
  function changed(change: Readonly<Record<string, unknown>>): readonly string[] {
    const before = synthesize(organization(change));
    const after = synthesize(organization({ ...change, accounts: more }));
    return Object.keys(after).filter(
      (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
    );
  }

  test("by organization changes its own stack alone", () => {
    expect(changed({ logs: { ...LOGS, config: { bucket: "acme-config" } } })).toEqual(["stage"]);
  });

  test("changes the logs account's stack too where the aggregator lists accounts", () => {
    expect(changed({})).toEqual(["logs", "stage"]);
  });

  test("changes the logs account's stack too where policies list accounts", () => {
    const logs = { ...LOGS, config: { bucket: "acme-config" } };
    expect(changed({ settings: {}, logs })).toEqual(["logs", "stage"]);
  });

  test("changes the terms of what lists it, and of nothing else", () => {
    const terms = (accounts: object) =>
      value(synthesize(organization({ settings: {}, accounts })).logs, "trust_terms");
    expect(terms(more)).toMatchObject(Object(terms(ACCOUNTS)));
    for (const lists of [
      "arn:aws:config:us-east-1:111122223333:config-aggregator/crosstrust",
      "arn:aws:s3:::acme-cloudtrail",
      "arn:aws:s3:::acme-config",
    ]) {
      expect(terms(more)).toHaveProperty([lists, "account 777788889999"]);
    }
  });
});
