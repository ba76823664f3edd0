import { z } from "zod";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { NOTHING_PLANNED } from "./harness/plan";
import { Project } from "./harness/project";

const ACCOUNTS = { main: "100000000501", build: "100000000502", prod: "100000000503" } as const;

const STATE = z.object({ resources: z.array(z.object({ type: z.string() })) });

/** `prod` has one way in, for these roles of `build`. */
function organization(callers: readonly string[]): string {
  return JSON.stringify({
    settings: { region: "us-east-1", organizationId: "o-a1b2c3d4e5" },
    accounts: {
      main: { id: ACCOUNTS.main, management: true },
      build: { id: ACCOUNTS.build },
      prod: { id: ACCOUNTS.prod, onlyPath: true },
    },
    roles: {
      ci: { accounts: ["build"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      nightly: { accounts: ["build"], trusts: [{ service: "ecs-tasks.amazonaws.com" }] },
      deploy: {
        accounts: ["prod"],
        trusts: callers.map((role) => ({ account: "build", role })),
      },
    },
  });
}

describeEndToEnd("the only way in", (endToEnd) => {
  let project: Project;

  beforeAll(async () => {
    const { clone, cloud, env } = endToEnd();
    clone.copyTo("examples/only-path/trust.lock.json", "only-path/trust.lock.json");
    clone.write("only-path/accounts.json", organization(["ci"]));
    project = new Project({
      clone,
      env: { ...env, CROSSTRUST_ACCOUNTS: "only-path/accounts.json" },
      credentials: await cloud.createOrganization(ACCOUNTS.main, [ACCOUNTS.build, ACCOUNTS.prod]),
    });
  });

  test("the management account makes both control policies and attaches them; then a plan is empty", async () => {
    await project.cdktf("synth");
    await project.deploy(["main"]);
    const { resources } = STATE.parse(project.readJson("only-path/state/main.tfstate"));
    expect(resources.map(({ type }) => type).sort()).toEqual([
      "aws_organizations_policy",
      "aws_organizations_policy",
      "aws_organizations_policy_attachment",
      "aws_organizations_policy_attachment",
    ]);
    expect(await project.plan("main")).toEqual(NOTHING_PLANNED);
  });

  test("another trust changes the policy of who may come from outside in place, and nothing else there", async () => {
    endToEnd().clone.write("only-path/accounts.json", organization(["ci", "nightly"]));
    await project.cdktf("synth");
    const { changes } = await project.plan("main");
    expect(changes).toEqual([
      {
        address: expect.stringMatching(/^aws_organizations_policy\.only-path-prod_outside/),
        type: "aws_organizations_policy",
        actions: "update",
        changed: ["content"],
      },
    ]);
  });

  test("tightening changes neither", async () => {
    await project.deploy(["main", "build", "prod"]);
    await project.crosstrust(0, "confirm");
    await project.cdktf("synth");
    expect(await project.plan("main")).toEqual(NOTHING_PLANNED);
    expect((await project.plan("prod")).changes).toMatchObject([
      { type: "aws_iam_role", actions: "update", changed: ["assume_role_policy"] },
    ]);
  });

  test("verify finds nothing in the states, and the policy that still lets in whom accounts.json no longer trusts", async () => {
    await project.deploy(["prod"]);
    expect((await project.crosstrust(0, "verify", "--state", "--strict")).stdout).toMatch(
      /and the only way into 1 account compared with accounts\.json: 0 findings, 0 undecided\n$/,
    );
    endToEnd().clone.write("only-path/accounts.json", organization(["ci"]));
    expect((await project.crosstrust(1, "verify", "--state")).stdout).toContain(
      "wider: prod: build/nightly may sts:AssumeRole on other roles of the account: no resource control policy denies it\n",
    );
  });
});
