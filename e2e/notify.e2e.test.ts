import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { firstText, type Aws } from "./harness/aws";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { NOTHING_PLANNED } from "./harness/plan";
import { Project } from "./harness/project";
import { readSetting } from "./harness/setting";
import { CHECKOUT } from "./harness/stand-in";

/** The accounts of examples/notify. */
const ACCOUNTS = {
  root: "100000000001",
  security: "100000000002",
  build: "100000000003",
  client: "100000000004",
} as const;
const STACKS = ["root", "security", "build", "client"] as const;

const HUB_REGION = "eu-west-1";
const BUS = "crosstrust-notifications";
const CI = `arn:aws:iam::${ACCOUNTS.build}:role/ci`;

const FORWARDED = ["crosstrust-role-assumed-1", "crosstrust-role-switched-1"] as const;

const RULES = z.object({ Rules: z.array(z.object({ Name: z.string() })) });
const QUEUE = z.object({ QueueUrl: z.string() });
const RECEIVED = z.object({
  Messages: z.array(z.object({ Body: z.string(), ReceiptHandle: z.string() })).length(1),
});
const MAIL = z.object({ Subject: z.string(), Message: z.string() });

const EXAMPLE = z.looseObject({ notifications: z.looseObject({}) });

/**
 * The example with trails of somebody else's, which the Gruntwork example has of its own, and by mail alone:
 * the ARN that the stand-in makes up for an API destination is no target to the emulator.
 */
function byMailAlone(): string {
  const text = readFileSync(join(CHECKOUT, "examples/notify/accounts.json"), "utf8");
  const example = EXAMPLE.parse(JSON.parse(text));
  return JSON.stringify({
    ...example,
    logs: undefined,
    notifications: { ...example.notifications, trails: "existing", apiDestinations: undefined },
  });
}

const isStandIn = readSetting().kind === "stand-in";
/** Only the emulator that the tests start can run the function: see `lambda-modules`. */
const testFunction = isStandIn ? test : test.skip;

describeEndToEnd(
  "the notify example",
  (endToEnd) => {
    let project: Project;
    let hub: Aws;
    let queueUrl: string;

    beforeAll(async () => {
      const { clone, cloud, env } = endToEnd();
      clone.copyTo("examples/notify", "notify");
      clone.write("notify/accounts.json", byMailAlone());
      const { root, ...members } = ACCOUNTS;
      project = new Project({
        clone,
        env: { ...env, CROSSTRUST_ACCOUNTS: "notify/accounts.json" },
        credentials: await cloud.createOrganization(root, Object.values(members)),
      });
      hub = cloud.root(ACCOUNTS.security, HUB_REGION);
      // The stand-in keeps a bus in the state alone, and the emulator takes no rule on a bus that it lacks.
      if (isStandIn) await hub.json("events", "CreateEventBus", { Name: BUS });
    });

    async function rules(
      account: string,
      region: string,
      bus = "default",
    ): Promise<readonly string[]> {
      const aws = endToEnd().cloud.root(account, region);
      const json = await aws.json("events", "ListRules", { EventBusName: bus });
      return RULES.parse(JSON.parse(json)).Rules.map(({ Name }) => Name);
    }

    /** Calls the function as EventBridge does for a use of `deploy` by `ci`, and gives the mail. */
    async function mailOfUse(): Promise<z.infer<typeof MAIL>> {
      const { cloud } = endToEnd();
      const recorded = join(CHECKOUT, "__tests__/notifications/events/chained-session.json");
      const event = readFileSync(recorded, "utf8")
        .replaceAll("111122223333", ACCOUNTS.client)
        .replaceAll("777788889999", ACCOUNTS.build)
        .replaceAll("role/team/Admin", "role/deploy")
        .replaceAll("AROA5EXAMPLE5EXAMPLE5", await cloud.uniqueId(ACCOUNTS.build, "ci"));
      expect(await hub.invokeLambda("crosstrust-notify", JSON.parse(event))).toBe("null");
      const received = RECEIVED.parse(
        JSON.parse(await hub.json("sqs", "ReceiveMessage", { QueueUrl: queueUrl })),
      );
      const [{ Body, ReceiptHandle }] = received.Messages;
      await hub.json("sqs", "DeleteMessage", { QueueUrl: queueUrl, ReceiptHandle });
      return MAIL.parse(JSON.parse(Body));
    }

    test("all accounts are deployed, the one of the bus first, and then a plan is empty", async () => {
      await project.deploy(["security"]);
      await project.deploy(["root", "build", "client"]);
      for (const stack of STACKS) expect(await project.plan(stack)).toEqual(NOTHING_PLANNED);
    });

    test("the account of the notified roles has rules in every Region in use, and no other account has", async () => {
      const where: Record<string, readonly string[]> = {};
      for (const name of STACKS) {
        for (const region of ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2"]) {
          const found = await rules(ACCOUNTS[name], region);
          if (found.length > 0) where[`${name} ${region}`] = found;
        }
      }
      expect(where).toEqual({
        "client eu-west-1": FORWARDED,
        "client eu-central-1": FORWARDED,
        "client us-east-1": FORWARDED,
      });
    });

    test("bus, function and the rule on the bus are in the bus's account and Region", async () => {
      expect(await rules(ACCOUNTS.security, HUB_REGION, BUS)).toEqual(["crosstrust-notify"]);
      expect(await hub.lambdaFunctions()).toEqual(["crosstrust-notify"]);
      for (const [account, region] of [
        [ACCOUNTS.security, "us-east-1"],
        [ACCOUNTS.client, HUB_REGION],
      ] as const) {
        expect(await endToEnd().cloud.root(account, region).lambdaFunctions()).toEqual([]);
      }
    });

    testFunction("a queue is subscribed as a mail address is", async () => {
      const topicArn = `arn:aws:sns:${HUB_REGION}:${ACCOUNTS.security}:${BUS}`;
      const queueArn = `arn:aws:sqs:${HUB_REGION}:${ACCOUNTS.security}:mails`;
      const statement = {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      };
      const queue = await hub.json("sqs", "CreateQueue", {
        QueueName: "mails",
        Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
      });
      queueUrl = QUEUE.parse(JSON.parse(queue)).QueueUrl;
      const subscribed = await hub.sns("Subscribe", {
        TopicArn: topicArn,
        Protocol: "sqs",
        Endpoint: queueArn,
      });
      expect(firstText(subscribed, "SubscriptionArn")).toMatch(/^arn:/);
    });

    testFunction(
      "a use is told with the stage that the trust has: account, and narrowed to whom",
      async () => {
        expect((await mailOfUse()).Message).toContain(
          `let in:   stage account: account ${ACCOUNTS.build}, narrowed to ${CI}`,
        );
      },
    );

    test("tightening changes trust policies, and nothing of what tells the uses", async () => {
      await project.crosstrust(0, "confirm");
      await project.cdktf("synth");
      const { changes } = await project.plan("client");
      expect(
        changes.map(({ address }) => address.replace(/_role_[0-9A-F]{8}$/, "")).sort(),
      ).toEqual(["aws_iam_role.role-crosstrust-notify-read", "aws_iam_role.role-deploy"]);
      for (const { actions, changed } of changes) {
        expect([actions, changed]).toEqual(["update", ["assume_role_policy"]]);
      }
      for (const stack of ["root", "security", "build"]) {
        expect(await project.plan(stack)).toEqual(NOTHING_PLANNED);
      }
      await project.deploy(["client"]);
      expect(await project.plan("client")).toEqual(NOTHING_PLANNED);
    });

    testFunction("then a use is told with stage role", async () => {
      expect((await mailOfUse()).Message).toContain(`let in:   the principal itself: ${CI}`);
    });
  },
  { emulator: { EMULATOR_ORGANIZATION_ID: "o-a1b2c3d4e5" } },
);
