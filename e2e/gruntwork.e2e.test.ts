import { readFileSync } from "node:fs";
import {
  ACCOUNTS,
  prepareOrganization,
  runAsNamed,
  type AccountName,
} from "./gruntwork/organization";
import { People } from "./gruntwork/people";
import { SharedResources } from "./gruntwork/shared-resources";
import { changedStacks, openPlans, synthesized } from "./gruntwork/stacks";
import { Cloud } from "./harness/cloud";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { followStatus, type RunAs } from "./harness/follow-status";
import { startGateway, type Gateway } from "./harness/gateway";
import { Project } from "./harness/project";

const ORGANIZATION_ID = "o-a1b2c3d4e5";
const ACCOUNTS_FILE = "gruntwork/accounts.json";

const MANY = "--parallelism 4 --skip-provider-lock";
const CONFIRM = "npx crosstrust confirm";

/** The entry that is added to accounts.json, as the example's README.md has it. */
const SANDBOX = {
  deploy_order: 3,
  id: ACCOUNTS.sandbox,
  root_user_email: "aws+sandbox@example.com",
} as const;

/** Stacks that were deployed before and must know a new account. */
const TOLD = ["logs", "security", "shared"] as const;

const principals = (
  accounts: readonly AccountName[],
  principal: "root" | "role/deploy",
): readonly string[] =>
  accounts.map((account) => `arn:aws:iam::${ACCOUNTS[account]}:${principal}`).sort();

const autoScalingRoles = (accounts: readonly AccountName[]): readonly string[] =>
  accounts
    .map(
      (account) =>
        `arn:aws:iam::${ACCOUNTS[account]}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    )
    .sort();

describeEndToEnd(
  "the Gruntwork example",
  (endToEnd) => {
    let gateway: Gateway | undefined;
    let project: Project;
    let runAs: RunAs;
    let people: People;
    let shared: SharedResources;

    beforeAll(async () => {
      const { clone, cloud: emulator, env } = endToEnd();
      clone.copyTo("examples/gruntwork", "gruntwork");
      gateway = await startGateway(emulator.url);
      const cloud = new Cloud(gateway.url);
      project = new Project({
        clone,
        env: {
          ...env,
          AWS_ENDPOINT_URL: gateway.url,
          CROSSTRUST_ACCOUNTS: "gruntwork/crosstrust.json",
        },
      });
      runAs = runAsNamed(cloud, project, await prepareOrganization(cloud));
      people = new People(cloud);
      shared = new SharedResources(cloud);
    });

    afterAll(() => gateway?.stop());

    /** Does what status says next, and gives the commands. */
    const follow = (): Promise<readonly string[]> => followStatus(project, runAs);

    /** `status` names nothing, and the plans of these stacks are empty. */
    async function expectNothingLeft(stacks: readonly string[]): Promise<void> {
      expect(await follow()).toEqual([]);
      await project.crosstrust(0, "status", "--fail-on-open");
      await project.cdktf("synth");
      expect(await openPlans(runAs, stacks)).toEqual({});
    }

    test("first the execution roles, then the logs account, whose buckets the trails need, and the hub", async () => {
      expect(await follow()).toEqual([
        `npx cdktf deploy '*-bootstrap' ${MANY}`,
        "npx cdktf deploy logs",
        "npx cdktf deploy shared",
        CONFIRM,
      ]);
    });

    test("the topic is shared with roles that are still to come: their accounts are named, and guarded", async () => {
      const accounts = ["security", "dev", "stage", "prod"] as const;
      expect(await shared.topicPrincipals()).toEqual(principals(accounts, "root"));
      expect(await shared.publish(await people.administratorOf("dev"))).toBe("denied");
    });

    test("then the execution roles tighten, and the deployer deploys the other accounts", async () => {
      expect(await follow()).toEqual([
        `npx cdktf deploy '*-bootstrap' ${MANY}`,
        `npx cdktf deploy logs shared dev stage prod security ${MANY}`,
        "npx cdktf deploy root",
        CONFIRM,
      ]);
    });

    test("the guarded topic lets in the role, and nobody else of its account", async () => {
      expect(await shared.publish(await people.deployRoleOf("dev"))).toBe("allowed");
      expect(await shared.publish(await people.administratorOf("dev"))).toBe("denied");
    });

    test("at last the policies tighten, and nothing is left to do", async () => {
      expect(await follow()).toEqual(["npx cdktf deploy shared", CONFIRM]);
      await expectNothingLeft(TOLD);
    });

    test("the topic's policy names the roles now, and lets in the same", async () => {
      const accounts = ["security", "dev", "stage", "prod"] as const;
      expect(await shared.topicPrincipals()).toEqual(principals(accounts, "role/deploy"));
      expect(await shared.publish(await people.deployRoleOf("dev"))).toBe("allowed");
      expect(await shared.publish(await people.administratorOf("dev"))).toBe("denied");
    });

    test("the bucket is read by the accounts that it is shared with, by TLS, and not written", async () => {
      await shared.fillBucket();
      const dev = await people.administratorOf("dev");
      expect(await shared.read(dev)).toBe("allowed");
      expect(await shared.write(dev)).toBe("denied");
      expect(await shared.read(await people.nobodyOf("dev"))).toBe("denied");
      expect(await shared.read(await people.administratorOf("logs"))).toBe("denied");
      const withoutTls = new SharedResources(endToEnd().cloud);
      expect(await withoutTls.read(dev)).toBe("denied");
    });

    test("the queue takes messages of the accounts that it is shared with", async () => {
      expect(await shared.send(await people.administratorOf("dev"))).toBe("allowed");
      expect(await shared.send(await people.nobodyOf("dev"))).toBe("denied");
      expect(await shared.send(await people.administratorOf("logs"))).toBe("denied");
    });

    test("each using account has made its grant on the images' key", async () => {
      expect(await shared.grantees()).toEqual(autoScalingRoles(["dev", "stage", "prod"]));
    });

    test("an account that is not in accounts.json is let in nowhere", async () => {
      const sandbox = await people.administratorOf("sandbox");
      expect(await shared.read(sandbox)).toBe("denied");
      expect(await shared.send(sandbox)).toBe("denied");
    });

    test("one entry more changes the stacks that must know the account, and no byte of the others", async () => {
      const { clone } = endToEnd();
      const before = synthesized(project);
      const accounts: unknown = JSON.parse(readFileSync(clone.path(ACCOUNTS_FILE), "utf8"));
      clone.write(ACCOUNTS_FILE, JSON.stringify(Object.assign({}, accounts, { sandbox: SANDBOX })));
      await project.cdktf("synth");
      expect(changedStacks(before, synthesized(project))).toEqual([
        "logs",
        "sandbox",
        "sandbox-bootstrap",
        "security",
        "shared",
      ]);
      const open = await openPlans(runAs, [...before.keys()]);
      expect(Object.keys(open).sort()).toEqual(TOLD);
      // Nothing is made anew or taken away for it.
      const actions = Object.values(open).flatMap(({ changes }) =>
        changes.map((each) => each.actions),
      );
      expect([...new Set(actions)]).toEqual(["update"]);
    });

    test("status names these stacks: the way in, then who must know the account, and the account", async () => {
      expect(await follow()).toEqual([
        "npx cdktf deploy sandbox-bootstrap",
        "npx cdktf deploy shared",
        "npx cdktf deploy logs sandbox security",
        CONFIRM,
      ]);
      expect(await follow()).toEqual(["npx cdktf deploy shared", CONFIRM]);
    });

    test("then nothing is left to do, and every plan is empty", () =>
      expectNothingLeft(["sandbox-bootstrap", "sandbox", ...TOLD]));

    test("the new account is let in like the others, and its deploy role takes the runner", async () => {
      const sandbox = await people.administratorOf("sandbox");
      expect(await shared.read(sandbox)).toBe("allowed");
      expect(await shared.write(sandbox)).toBe("denied");
      expect(await shared.send(sandbox)).toBe("allowed");
      expect(await shared.publish(sandbox)).toBe("denied");
      expect(await shared.publish(await people.deployRoleOf("sandbox"))).toBe("allowed");
      expect(await shared.grantees()).toEqual(
        autoScalingRoles(["dev", "stage", "prod", "sandbox"]),
      );
    });
  },
  { emulator: { EMULATOR_ORGANIZATION_ID: ORGANIZATION_ID } },
);
