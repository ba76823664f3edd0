import { assumeRole } from "./harness/assume-role";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { NOTHING_PLANNED } from "./harness/plan";
import { Project } from "./harness/project";
import callers from "./identity-center/callers.json";

/** The accounts of the example. */
const ACCOUNTS = {
  main: "100000000301",
  hub: "100000000302",
  dev: "100000000303",
  prod: "100000000304",
} as const;

/** A role that the test makes, and whether the example's trust in the permission set `Platform` lets it in. */
interface Caller {
  readonly rule: string;
  readonly account: "hub" | "dev";
  readonly path: string;
  readonly role: string;
  readonly withoutPolicy?: boolean;
  readonly verdict: "allowed" | "denied";
}

const CALLERS = callers as readonly Caller[];

describeEndToEnd(
  "trust in a permission set",
  (endToEnd) => {
    let project: Project;

    beforeAll(async () => {
      const { clone, cloud, env } = endToEnd();
      const { main, ...members } = ACCOUNTS;
      clone.copyTo("examples/identity-center", "identity-center");
      project = new Project({
        clone,
        env: { ...env, CROSSTRUST_ACCOUNTS: "identity-center/accounts.json" },
        credentials: await cloud.createOrganization(main, Object.values(members)),
      });
    });

    test("prod is deployed before Identity Center has made a role; then a plan is empty", async () => {
      await project.deploy(["prod"]);
      expect(await project.plan("prod")).toEqual(NOTHING_PLANNED);
    });

    test("only the permission set's own roles, with its policy, get in; none that looks alike does", async () => {
      const { cloud } = endToEnd();
      const { stdout: policy } = await project.crosstrust(0, "permission-set", "Platform");
      const judged: Caller[] = [];
      for (const caller of CALLERS) {
        const { role, path, withoutPolicy = false } = caller;
        const account = ACCOUNTS[caller.account];
        await cloud.createRole(account, role, { Service: "sso.amazonaws.com" }, path);
        if (!withoutPolicy) await cloud.putRolePolicy(account, role, policy);
        const answer = await assumeRole(cloud.as(await cloud.sessionOf(account, role)), {
          roleArn: `arn:aws:iam::${ACCOUNTS.prod}:role/PlatformAdmin`,
        });
        judged.push({ ...caller, verdict: answer.verdict });
      }
      expect(judged).toEqual(CALLERS);
    });

    test("nothing of it changes once there are roles and all is confirmed", async () => {
      await project.crosstrust(0, "confirm");
      await project.cdktf("synth");
      expect(await project.plan("prod")).toEqual(NOTHING_PLANNED);
    });
  },
  { emulator: { EMULATOR_ORGANIZATION_ID: "o-a1b2c3d4e5" } },
);
