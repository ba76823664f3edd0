import type { Attributes } from "../../src/rehearsal/value";
import { HUB, MEMBER, one, roleArn, type StackParts } from "./stacks";
import { changesOf, failureOf, outputsOf, TestWorld } from "./test-world";

/* What EventBridge and SNS refuse of rules, targets and subscriptions. */

const BUS = `arn:aws:events:eu-west-1:${HUB}:event-bus/uses`;

const rule = (part: Attributes = {}): StackParts =>
  one("aws_cloudwatch_event_rule", {
    name: "used",
    event_pattern: '{"source":["aws.sts"]}',
    ...part,
  });

const withTarget = (...targets: readonly Attributes[]): StackParts => ({
  resource: {
    aws_cloudwatch_event_rule: { it: { name: "used", event_pattern: "{}" } },
    aws_cloudwatch_event_target: Object.fromEntries(
      targets.map((target, index) => [
        `t${index}`,
        { rule: "${aws_cloudwatch_event_rule.it.name}", target_id: `t${index}`, ...target },
      ]),
    ),
  },
});

describe("a rule", () => {
  it("is made on the default bus, changed in place, and gone with its stack", () => {
    const world = new TestWorld();
    expect(changesOf(world.deploy(MEMBER, rule()))).toEqual([
      "create aws_cloudwatch_event_rule.it",
    ]);
    expect(changesOf(world.deploy(MEMBER, rule()))).toEqual([]);
    expect(changesOf(world.deploy(MEMBER, rule({ event_pattern: "{}" })))).toEqual([
      "update aws_cloudwatch_event_rule.it (event_pattern)",
    ]);
    expect(changesOf(world.deploy(MEMBER, {}))).toEqual(["delete aws_cloudwatch_event_rule.it"]);
  });

  it("has an ARN that names a bus of one's own", () => {
    const world = new TestWorld();
    const result = world.deploy(MEMBER, {
      resource: {
        aws_cloudwatch_event_bus: { b: { name: "uses" } },
        aws_cloudwatch_event_rule: {
          it: { name: "used", event_bus_name: "${aws_cloudwatch_event_bus.b.name}" },
        },
      },
      output: { arn: { value: "${aws_cloudwatch_event_rule.it.arn}" } },
    });
    expect(outputsOf(result)).toEqual({
      arn: `arn:aws:events:eu-west-1:${MEMBER}:rule/uses/used`,
    });
  });

  it("is refused without its bus", () => {
    expect(failureOf(new TestWorld().deploy(MEMBER, rule({ event_bus_name: "uses" })))).toBe(
      "aws_cloudwatch_event_rule.it: ResourceNotFoundException: Event bus uses does not exist.",
    );
  });

  it.each([
    [2_048, true],
    [2_049, false],
  ])("with a pattern of %i characters: %p", (length, taken) => {
    const pattern = `{"source":["${"x".repeat(length - 15)}"]}`;
    expect(pattern).toHaveLength(length);
    const result = new TestWorld().deploy(MEMBER, rule({ event_pattern: pattern }));
    if (taken) expect(changesOf(result)).toHaveLength(1);
    else expect(failureOf(result)).toContain("InvalidEventPatternException");
  });
});

describe("a target", () => {
  const queue = { arn: `arn:aws:sqs:eu-west-1:${MEMBER}:jobs` };

  it("needs its rule", () => {
    const target = one("aws_cloudwatch_event_target", { rule: "used", target_id: "t", ...queue });
    expect(failureOf(new TestWorld().deploy(MEMBER, target))).toBe(
      "aws_cloudwatch_event_target.it: ResourceNotFoundException: Rule used does not exist on EventBus default.",
    );
  });

  it("is one of five at most", () => {
    const five = Array.from({ length: 5 }, () => queue);
    const world = new TestWorld();
    expect(changesOf(world.deploy(MEMBER, withTarget(...five)))).toHaveLength(6);
    expect(failureOf(world.deploy(MEMBER, withTarget(...five, queue)))).toContain(
      "LimitExceededException",
    );
  });

  it("on a bus of another account needs a role", () => {
    const world = new TestWorld();
    expect(failureOf(world.deploy(MEMBER, withTarget({ arn: BUS })))).toBe(
      `aws_cloudwatch_event_target.t0: ValidationException: RoleArn is required for target ${BUS}.`,
    );
    const role_arn = roleArn(MEMBER, "forwarder");
    expect(changesOf(world.deploy(MEMBER, withTarget({ arn: BUS, role_arn })))).toEqual([
      "create aws_cloudwatch_event_target.t0",
    ]);
  });

  it("goes before its rule", () => {
    const world = new TestWorld();
    world.deploy(MEMBER, withTarget(queue));
    expect(changesOf(world.deploy(MEMBER, {}))).toEqual([
      "delete aws_cloudwatch_event_target.t0",
      "delete aws_cloudwatch_event_rule.it",
    ]);
  });
});

describe("a subscription", () => {
  const subscription = (topic_arn: string): StackParts =>
    one("aws_sns_topic_subscription", { topic_arn, protocol: "email", endpoint: "a@example.com" });

  it("needs its topic, where that is the account's own", () => {
    const topic = (accountId: string) => `arn:aws:sns:eu-west-1:${accountId}:told`;
    expect(failureOf(new TestWorld().deploy(MEMBER, subscription(topic(MEMBER))))).toBe(
      "aws_sns_topic_subscription.it: NotFound: Topic does not exist",
    );
    expect(changesOf(new TestWorld().deploy(MEMBER, subscription(topic(HUB))))).toHaveLength(1);
  });
});

test.each([
  [
    "aws_cloudwatch_log_group",
    { name: "/aws/lambda/x" },
    `arn:aws:logs:eu-west-1:${MEMBER}:log-group:/aws/lambda/x`,
  ],
  [
    "aws_cloudwatch_event_api_destination",
    {
      name: "chat",
      connection_arn: "arn:c",
      http_method: "POST",
      invocation_endpoint: "https://x.example.com",
    },
    expect.stringMatching(/:api-destination\/chat\/[0-9a-f]{32}$/),
  ],
])("%s has an ARN, and is made once", (type, body, arn) => {
  const world = new TestWorld();
  const stack = { ...one(type, body), output: { arn: { value: `\${${type}.it.arn}` } } };
  expect(outputsOf(world.deploy(MEMBER, stack))).toEqual({ arn });
  expect(changesOf(world.deploy(MEMBER, stack))).toEqual([]);
});
