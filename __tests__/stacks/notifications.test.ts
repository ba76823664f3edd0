import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp, synthesizeInMemory } from "../../src/app";
import { readEstate } from "../../src/estate/read-estate";
import { changedStacks } from "../../src/model/rollout/changed-stacks";
import type { Model } from "../../src/model/model";
import { countResources, named, only, resourcesOf } from "../constructs/stack-json";
import { confirmed, modelOf, NO_EXTENSION, synthesize, trustedArns } from "./organization";

const HUB = "100000000002";
const CLIENT = "100000000003";
const CONNECTION = `arn:aws:events:eu-west-1:${HUB}:connection/chat/0f3e2d1c-1234-4a5b-8c9d-0123456789ab`;

function organization(more: object = {}): Model {
  return modelOf({
    settings: { region: "eu-west-1", organizationId: "o-a1b2c3d4e5" },
    accounts: {
      security: { id: HUB },
      client: { id: CLIENT, region: "eu-central-1" },
      quiet: { id: "100000000004" },
      ...more,
    },
    roles: {
      ci: { accounts: ["quiet"], trusts: [{ service: "lambda.amazonaws.com" }] },
      admin: {
        accounts: ["*"],
        except: ["quiet", "security"],
        notify: true,
        trusts: [{ account: "quiet", role: "ci" }],
      },
    },
    notifications: {
      account: "security",
      email: ["security@example.com"],
      apiDestinations: { chat: { url: "https://chat.example.com", connection: CONNECTION } },
      trails: "existing",
    },
  });
}

const MODEL = organization();
const STACKS = synthesize(MODEL);

test("an account with a notified role has rules in every Region in use, in the state that lets AssumeRole through", () => {
  const rules = Object.values(resourcesOf(STACKS.client, "aws_cloudwatch_event_rule"));
  expect(rules.map(({ name, region, state }) => [name, region, state])).toEqual(
    ["eu-central-1", "eu-west-1", "us-east-1"].flatMap((region) =>
      ["crosstrust-role-assumed-1", "crosstrust-role-switched-1"].map((name) => [
        name,
        region === "eu-central-1" ? undefined : region,
        "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      ]),
    ),
  );
});

test("each of them sends to the one bus, as the forwarder, which may do no more", () => {
  const targets = Object.values(resourcesOf(STACKS.client, "aws_cloudwatch_event_target"));
  expect(targets).toHaveLength(6);
  const bus = `arn:aws:events:eu-west-1:${HUB}:event-bus/crosstrust-notifications`;
  for (const { arn, role_arn } of targets) {
    expect(arn).toBe(bus);
    expect(role_arn).toMatch(/^\$\{aws_iam_role\.role-use-events_forwarder_\w+\.arn\}$/);
  }
  const { assume_role_policy } = named(STACKS.client, "aws_iam_role", "crosstrust-notify-forward");
  expect(JSON.parse(String(assume_role_policy)).Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": CLIENT } },
    },
  ]);
  const { policy } = named(STACKS.client, "aws_iam_role_policy", "put-events");
  expect(JSON.parse(String(policy)).Statement).toEqual([
    { Effect: "Allow", Action: "events:PutEvents", Resource: bus },
  ]);
});

test("an account without one has nothing of it", () => {
  expect(countResources(STACKS.quiet)).toEqual({ aws_iam_role: 1, aws_iam_role_policy: 1 });
});

test("the hub calls the function for what comes from CloudTrail, as nobody else may", () => {
  const { security } = STACKS;
  const rule = named(security, "aws_cloudwatch_event_rule", "crosstrust-notify");
  expect(rule).toMatchObject({
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    event_pattern: '{"source":["aws.sts","aws.signin"]}',
  });
  expect(only(security, "aws_lambda_permission")).toMatchObject({
    principal: "events.amazonaws.com",
    source_arn: expect.stringContaining("to-notifier"),
  });
  expect(only(security, "aws_lambda_function")).toMatchObject({
    environment: {
      variables: {
        BUS_NAME: "crosstrust-notifications",
        READER_ROLE: "crosstrust-notify-read",
        TOPIC_ARN: `arn:aws:sns:eu-west-1:${HUB}:crosstrust-notifications`,
      },
    },
    role: expect.stringContaining("role-crosstrust-notify"),
  });
});

test("an API destination is called with what its body asks for, by a connection whose secret is not here", () => {
  const { security } = STACKS;
  expect(only(security, "aws_cloudwatch_event_api_destination")).toEqual({
    name: "chat",
    connection_arn: CONNECTION,
    http_method: "POST",
    invocation_endpoint: "https://chat.example.com",
  });
  const targets = Object.values(resourcesOf(security, "aws_cloudwatch_event_target"));
  expect(targets.find(({ target_id }) => target_id === "chat")).toMatchObject({
    input_transformer: {
      input_paths: { text: "$.detail.text" },
      input_template: '{"text":<text>}',
    },
    role_arn: expect.stringContaining("deliverer"),
  });
  expect(security.resource).not.toHaveProperty("aws_cloudwatch_event_connection");
});

test("without e-mail there is no topic, and the function may not publish", () => {
  const { security } = synthesize(
    modelOf({
      accounts: { security: { id: HUB }, vendor: { id: "900000000001", external: true } },
      roles: {
        admin: {
          accounts: ["security"],
          notify: true,
          trusts: [{ account: "vendor", externalId: "some_key" }],
        },
      },
      notifications: { account: "security", trails: "existing" },
    }),
  );
  expect(security.resource).not.toHaveProperty("aws_sns_topic");
  expect(JSON.stringify(security.resource.aws_iam_role_policy)).not.toContain("sns:Publish");
  expect(JSON.stringify(STACKS.security.resource.aws_iam_role_policy)).toContain("sns:Publish");
});

test("the archive is written beside the stack, at the path that the JSON names", () => {
  const outdir = mkdtempSync(join(tmpdir(), "crosstrust-app-"));
  try {
    buildApp(MODEL, NO_EXTENSION, { outdir }).synth();
    const { filename } = only(STACKS.security, "aws_lambda_function");
    expect(existsSync(join(outdir, "stacks/security", String(filename)))).toBe(true);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});

test("tightening changes the trust policies of the role and of the reader, and nothing else that is told", () => {
  const after = synthesize(confirmed(MODEL, trustedArns(MODEL)));
  const changed = Object.entries(after).flatMap(([stack, { resource }]) =>
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).flatMap(([name, block]) =>
        Object.keys(block)
          .filter(
            (key) =>
              JSON.stringify(block[key]) !==
              JSON.stringify(STACKS[stack].resource[type][name][key]),
          )
          .map((key) => `${stack} ${type} ${String(block.name)} ${key}`),
      ),
    ),
  );
  expect(changed.sort()).toEqual([
    "client aws_iam_role admin assume_role_policy",
    "client aws_iam_role crosstrust-notify-read assume_role_policy",
  ]);
});

function changes(before: Model, after: Model): readonly string[] {
  const synthesized = (model: Model) => ({
    model,
    stacks: synthesizeInMemory(model, NO_EXTENSION),
  });
  return changedStacks(synthesized(before), synthesized(after))
    .map(({ stack, change }) => `${stack} ${change}`)
    .sort();
}

test("one more account with a notified role changes the hub, whose bus lists it, and the account that its role trusts", () => {
  expect(changes(MODEL, organization({ added: { id: "100000000009" } }))).toEqual([
    "added new",
    "quiet changed",
    "security changed",
  ]);
});

test("one more account without one, in a Region in use, changes no stack for it", () => {
  const added = { id: "100000000009", external: true };
  expect(changes(MODEL, organization({ added }))).toEqual([]);
});

test("the estate has the bus with its policy, and the forwarder with its trust", () => {
  const estate = readEstate(synthesizeInMemory(MODEL, NO_EXTENSION));
  expect(estate.unknowns).toEqual([]);
  const bus = estate.resources.get(
    `arn:aws:events:eu-west-1:${HUB}:event-bus/crosstrust-notifications`,
  );
  expect(bus?.policy).toMatchObject({
    Statement: [{ Principal: { AWS: `arn:aws:iam::${CLIENT}:root` } }],
  });
  expect(
    estate.identities.get(`arn:aws:iam::${CLIENT}:role/crosstrust-notify-forward`)?.trustPolicy,
  ).toMatchObject({ Statement: [{ Principal: { Service: "events.amazonaws.com" } }] });
});
