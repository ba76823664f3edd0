import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { assumeRole } from "./harness/assume-role";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { codeBlocks } from "./harness/code-blocks";
import { NOTHING_PLANNED, type Plan } from "./harness/plan";
import { Project } from "./harness/project";
import { recreateRole } from "./harness/recreate-role";
import { CHECKOUT } from "./harness/stand-in";

const ACCOUNTS = {
  main: "100000000600",
  shared: "100000000601",
  builds: "900000000601",
  elsewhere: "900000000602",
} as const;

const ROLE = `arn:aws:iam::${ACCOUNTS.shared}:role/OurThingBuildRole`;
const BUILDER = `arn:aws:iam::${ACCOUNTS.builds}:role/ci/builder`;
const EXTERNAL_ID = "58af0f2c-1c8b-4a0b-9d0e-6f1b1b1f4a3e";

const FOLDER = join(CHECKOUT, "examples/build-server");

const ACCOUNTS_FILE = z.looseObject({
  roles: z.object({ OurThingBuildRole: z.looseObject({ trusts: z.array(z.unknown()) }) }),
});

/** What the builder gets and others do not, from the moment that it is named. */
const BUILDER_ALONE = {
  builder: "allowed",
  builderWithoutId: "denied",
  builderWithAnotherId: "denied",
  nightly: "denied",
  elsewhere: "denied",
};

/** One change, of a trust policy alone. */
const TIGHTENED = [{ type: "aws_iam_role", actions: "update", changed: ["assume_role_policy"] }];

describeEndToEnd("another team's build server", (endToEnd) => {
  let project: Project;

  beforeAll(async () => {
    const { clone, cloud, env } = endToEnd();
    clone.copyTo("examples/build-server", "build-server");
    project = new Project({
      clone,
      env: { ...env, CROSSTRUST_ACCOUNTS: "build-server/accounts.json" },
      credentials: await cloud.createOrganization(ACCOUNTS.main, [ACCOUNTS.shared]),
    });
    const { stdout: page } = await project.crosstrust(0, "handover", "OurThingBuildRole");
    const [policy] = codeBlocks(page, "json");
    for (const [account, role] of [
      [ACCOUNTS.builds, "builder"],
      [ACCOUNTS.builds, "nightly"],
      [ACCOUNTS.elsewhere, "builder"],
    ] as const) {
      await cloud.createRole(account, role, { Service: "ecs-tasks.amazonaws.com" }, "/ci/");
      await cloud.putRolePolicy(account, role, policy);
    }
  });

  async function verdict(
    account: "builds" | "elsewhere",
    role: string,
    externalId?: string,
  ): Promise<string> {
    const { cloud } = endToEnd();
    const session = await cloud.sessionOf(ACCOUNTS[account], role);
    return (await assumeRole(cloud.as(session), { roleArn: ROLE, externalId })).verdict;
  }

  async function verdicts(): Promise<typeof BUILDER_ALONE> {
    return {
      builder: await verdict("builds", "builder", EXTERNAL_ID),
      builderWithoutId: await verdict("builds", "builder"),
      builderWithAnotherId: await verdict("builds", "builder", "another"),
      nightly: await verdict("builds", "nightly", EXTERNAL_ID),
      elsewhere: await verdict("elsewhere", "builder", EXTERNAL_ID),
    };
  }

  /** Deploys, sees that nothing is left to plan, and gives what was planned. */
  async function deployPlanned(): Promise<Plan> {
    await project.cdktf("synth");
    const plan = await project.plan("shared");
    await project.deploy(["shared"]);
    expect(await project.plan("shared")).toEqual(NOTHING_PLANNED);
    return plan;
  }

  const confirm = async (exitCode: number, ...options: readonly string[]): Promise<void> => {
    const uniqueId = await endToEnd().cloud.uniqueId(ACCOUNTS.builds, "builder");
    const named = ["--principal", BUILDER, "--unique-id", uniqueId];
    await project.crosstrust(exitCode, "confirm", ...named, ...options);
  };

  const trustPolicy = (): Promise<unknown> =>
    endToEnd().cloud.trustPolicy(ACCOUNTS.shared, "OurThingBuildRole");

  test("while no role is named, each role of the account gets in with the external ID, and none without", async () => {
    await project.deploy(["shared"]);
    expect(await project.plan("shared")).toEqual(NOTHING_PLANNED);
    expect(await verdicts()).toEqual({ ...BUILDER_ALONE, nightly: "allowed" });
  });

  test("once the role is named, a deploy changes the trust policy alone, and only that role gets in", async () => {
    const readme = readFileSync(join(FOLDER, "README.md"), "utf8");
    const [, named] = codeBlocks(readme, "json");
    const file = ACCOUNTS_FILE.parse(
      JSON.parse(readFileSync(join(FOLDER, "accounts.json"), "utf8")),
    );
    file.roles.OurThingBuildRole.trusts = [JSON.parse(named)];
    endToEnd().clone.write("build-server/accounts.json", JSON.stringify(file));
    expect((await deployPlanned()).changes).toMatchObject(TIGHTENED);
    expect(await trustPolicy()).toMatchObject({
      Statement: [{ Principal: { AWS: `arn:aws:iam::${ACCOUNTS.builds}:root` } }],
    });
    expect(await verdicts()).toEqual(BUILDER_ALONE);
  });

  test("once it is confirmed by hand, a deploy changes the trust policy alone, to that role", async () => {
    await confirm(0);
    expect((await deployPlanned()).changes).toMatchObject(TIGHTENED);
    expect(await trustPolicy()).toMatchObject({ Statement: [{ Principal: { AWS: BUILDER } }] });
    expect(await verdicts()).toEqual(BUILDER_ALONE);
  });

  test("made anew by its owners, the role is refused, and its new ID is recorded only when told to", async () => {
    const lock = project.readJson("build-server/trust.lock.json");
    await recreateRole(endToEnd().cloud, ACCOUNTS.builds, "builder", [ACCOUNTS.shared]);
    expect(await verdicts()).toEqual({ ...BUILDER_ALONE, builder: "denied" });
    await confirm(1);
    expect(project.readJson("build-server/trust.lock.json")).toEqual(lock);
    await confirm(0, "--accept-recreated");
    expect(project.readJson("build-server/trust.lock.json")).toMatchObject({
      principals: {
        [BUILDER]: { uniqueId: await endToEnd().cloud.uniqueId(ACCOUNTS.builds, "builder") },
      },
    });
  });

  test("the next deploy lets it in again, by its trust policy alone, and still nobody else", async () => {
    expect((await deployPlanned()).changes).toMatchObject(TIGHTENED);
    expect(await verdicts()).toEqual(BUILDER_ALONE);
  });
});
