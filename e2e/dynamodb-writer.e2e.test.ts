import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { assumeRole } from "./harness/assume-role";
import { ADMINISTRATOR_ACCESS, rootCredentials } from "./harness/cloud";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { awsConfig } from "./harness/profiles";
import { Project } from "./harness/project";
import { recreateRole } from "./harness/recreate-role";
import type { Credentials } from "./harness/sigv4";
import { readSetting } from "./harness/setting";
import { CHECKOUT } from "./harness/stand-in";

const ACCOUNT_A = "111122223333";
const ACCOUNT_B = "444455556666";
const REGION = "eu-west-1";
const FOO_BAR = `arn:aws:iam::${ACCOUNT_A}:role/foo_bar`;
const BAR = `arn:aws:iam::${ACCOUNT_B}:role/bar`;
/** Trusts the whole of account B: whoever is refused by foo_bar shows there that he could ask. */
const CONTROL = `arn:aws:iam::${ACCOUNT_A}:role/control`;
const FOO_BAR_ADDRESS = /^aws_iam_role\.foo-bar_role_[0-9A-F]{8}$/;

const ITEM_WRITTEN = z.object({ id: z.string() });

/** Only the emulator that the tests start can run the function: see `lambda-modules`. */
const testFunction = readSetting().kind === "stand-in" ? test : test.skip;

describeEndToEnd("the dynamodb-writer example", (endToEnd) => {
  let project: Project;
  let administratorOfB: Credentials;

  beforeAll(async () => {
    const { cloud, clone, env } = endToEnd();
    clone.copy("examples/dynamodb-writer");
    project = new Project({ clone, folder: "examples/dynamodb-writer", env });
    setProfiles(ACCOUNT_A, ACCOUNT_B);
    administratorOfB = await cloud.createUser(ACCOUNT_B, "administrator", [ADMINISTRATOR_ACCESS]);
    await cloud.createRole(ACCOUNT_A, "control", { AWS: `arn:aws:iam::${ACCOUNT_B}:root` });
  });

  function setProfiles(a: string, b: string): void {
    const profiles = { "account-a": rootCredentials(a), "account-b": rootCredentials(b) };
    writeFileSync(join(endToEnd().clone.home, "config"), awsConfig(profiles));
  }

  async function verdict(caller: Credentials, roleArn: string): Promise<string> {
    return (await assumeRole(endToEnd().cloud.as(caller), { roleArn })).verdict;
  }

  const sessionOfBar = (): Promise<Credentials> => endToEnd().cloud.sessionOf(ACCOUNT_B, "bar");

  const callFunction = (): Promise<string> =>
    endToEnd().cloud.root(ACCOUNT_B, REGION).invokeLambda("dynamodb-writer");

  test("the first deploy needs nothing of account B, and trusts it guarded", async () => {
    await project.deploy(["account-a"]);
    expect(await endToEnd().cloud.trustPolicy(ACCOUNT_A, "foo_bar")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${ACCOUNT_B}:root` },
          Action: "sts:AssumeRole",
          Condition: { ArnEquals: { "aws:PrincipalArn": BAR } },
        },
      ],
    });
  });

  test("before bar exists nobody of account B gets in, not even its administrator", async () => {
    expect(await verdict(administratorOfB, FOO_BAR)).toBe("denied");
    expect(await verdict(administratorOfB, CONTROL)).toBe("allowed");
  });

  test("after the second deploy bar gets in, and still nobody else", async () => {
    await project.deploy(["account-b"], "--outputs-file", "outputs.json");
    expect(await verdict(await sessionOfBar(), FOO_BAR)).toBe("allowed");
    expect(await verdict(administratorOfB, FOO_BAR)).toBe("denied");
    expect(await verdict(administratorOfB, CONTROL)).toBe("allowed");
  });

  test("bar may assume foo_bar alone", async () => {
    const bar = await sessionOfBar();
    expect(await verdict(bar, CONTROL)).toBe("denied");
    expect(await verdict(bar, FOO_BAR)).toBe("allowed");
  });

  test("a plan right after an apply is empty", async () => {
    const nothing = { changes: [], outputs: [] };
    expect(await project.plan("account-a")).toEqual(nothing);
    expect(await project.plan("account-b")).toEqual(nothing);
  });

  test("a plan after another synthesis is empty, though the function's archive is made anew", async () => {
    await project.cdktf("synth");
    expect((await project.plan("account-b")).changes).toEqual([]);
  });

  test("confirm records bar in the lock, with its unique ID", async () => {
    await project.crosstrust(0, "confirm", "--outputs", "outputs.json");
    expect(project.readJson("trust.lock.json")).toMatchObject({
      principals: { [BAR]: { uniqueId: await endToEnd().cloud.uniqueId(ACCOUNT_B, "bar") } },
    });
  });

  test("the third plan is one update in place, of assume_role_policy alone", async () => {
    await project.cdktf("synth");
    expect(await project.plan("account-a")).toEqual({
      changes: [
        {
          address: expect.stringMatching(FOO_BAR_ADDRESS),
          type: "aws_iam_role",
          actions: "update",
          changed: ["assume_role_policy"],
        },
      ],
      outputs: ["trusts"],
    });
    expect((await project.plan("account-b")).changes).toEqual([]);
  });

  test("the README shows the third plan as Terraform prints it", async () => {
    const readme = readFileSync(join(CHECKOUT, "examples/dynamodb-writer/README.md"), "utf8");
    const text = await project.planText("account-a");
    const plan = text.slice(text.indexOf("Terraform used the selected providers"));
    expect(sameForEveryRun(readme)).toContain(
      sameForEveryRun(plan.slice(0, plan.indexOf("─────")).trim()),
    );
  });

  test("after the third deploy foo_bar trusts bar alone", async () => {
    await project.deploy(["account-a"], "--outputs-file", "outputs.json");
    expect(await endToEnd().cloud.trustPolicy(ACCOUNT_A, "foo_bar")).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: BAR }, Action: "sts:AssumeRole" }],
    });
    expect(await verdict(await sessionOfBar(), FOO_BAR)).toBe("allowed");
    expect(await verdict(administratorOfB, FOO_BAR)).toBe("denied");
    expect(await verdict(administratorOfB, CONTROL)).toBe("allowed");
    expect((await project.plan("account-a")).changes).toEqual([]);
  });

  test("a session of foo_bar may put an item into the table, and not read one", async () => {
    const { cloud } = endToEnd();
    const answer = await assumeRole(cloud.as(await sessionOfBar()), { roleArn: FOO_BAR });
    if (answer.verdict === "denied") throw new Error("bar is refused");
    const fooBar = cloud.as(answer.credentials, REGION);
    const item = { id: { S: "written by hand" } };
    await fooBar.json("dynamodb", "PutItem", { TableName: "TestTable", Item: item });
    await expect(
      fooBar.json("dynamodb", "GetItem", { TableName: "TestTable", Key: item }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^AccessDenied/) });
    const read = await cloud
      .root(ACCOUNT_A, REGION)
      .json("dynamodb", "GetItem", { TableName: "TestTable", Key: item });
    expect(JSON.parse(read)).toEqual({ Item: item });
  });

  testFunction("the function itself, called as its schedule does, puts an item", async () => {
    const { id } = ITEM_WRITTEN.parse(JSON.parse(await callFunction()));
    const read = await endToEnd()
      .cloud.root(ACCOUNT_A, REGION)
      .json("dynamodb", "GetItem", { TableName: "TestTable", Key: { id: { S: id } } });
    expect(JSON.parse(read)).toEqual({
      Item: { id: { S: id }, writtenAt: { S: expect.any(String) } },
    });
  });

  test("a profile with the other account's credentials is stopped", async () => {
    setProfiles(ACCOUNT_B, ACCOUNT_B);
    const stopped = await project.tryDeploy(["account-a"]);
    setProfiles(ACCOUNT_A, ACCOUNT_B);
    expect(stopped.exitCode).not.toBe(0);
    expect(stopped.stdout + stopped.stderr).toContain(`AWS account ID not allowed: ${ACCOUNT_B}`);
    expect((await project.plan("account-a")).changes).toEqual([]);
  });

  test("a role deleted and made again behind Terraform's back is refused", async () => {
    await recreateRole(endToEnd().cloud, ACCOUNT_B, "bar", [ACCOUNT_A]);
    expect(await verdict(await sessionOfBar(), FOO_BAR)).toBe("denied");
    expect(await verdict(administratorOfB, CONTROL)).toBe("allowed");
  });

  testFunction("and so is the function", async () => {
    expect(await callFunction()).toContain("AccessDenied");
  });

  test("confirm notices it after a refresh-only deploy, and records it only when told to", async () => {
    const before = project.readJson("trust.lock.json");
    const outputs = ["--outputs-file", "outputs.json"];
    await project.deploy(["account-b"], "--refresh-only", ...outputs);
    const noticed = await project.crosstrust(1, "confirm", "--outputs", "outputs.json");
    expect(noticed.stdout).toContain(BAR);
    expect(project.readJson("trust.lock.json")).toEqual(before);

    await project.crosstrust(0, "confirm", "--outputs", "outputs.json", "--accept-recreated");
    expect(project.readJson("trust.lock.json")).toMatchObject({
      principals: { [BAR]: { uniqueId: await endToEnd().cloud.uniqueId(ACCOUNT_B, "bar") } },
    });
  });

  test("the next deploy of account A lets the new role in again", async () => {
    await project.deploy(["account-a"]);
    expect(await verdict(await sessionOfBar(), FOO_BAR)).toBe("allowed");
    expect(await verdict(administratorOfB, FOO_BAR)).toBe("denied");
    expect((await project.plan("account-a")).changes).toEqual([]);
  });

  testFunction("and the function puts items again", async () => {
    expect(JSON.parse(await callFunction())).toEqual({ id: expect.any(String) });
  });

  test("destroy leaves nothing", async () => {
    const { cloud } = endToEnd();
    await project.destroy(["account-a", "account-b"]);
    expect(await cloud.everythingOfIam(ACCOUNT_A)).toEqual(["role control"]);
    expect(await cloud.everythingOfIam(ACCOUNT_B)).toEqual(["user administrator"]);
    const [a, b] = [cloud.root(ACCOUNT_A, REGION), cloud.root(ACCOUNT_B, REGION)];
    expect(JSON.parse(await a.json("dynamodb", "ListTables"))).toMatchObject({ TableNames: [] });
    expect(await b.lambdaFunctions()).toEqual([]);
    expect(JSON.parse(await b.json("events", "ListRules"))).toMatchObject({ Rules: [] });
    expect(JSON.parse(await b.json("logs", "DescribeLogGroups"))).toMatchObject({ logGroups: [] });
  });
});

/** Unique IDs differ from run to run, and the number of hidden attributes from provider to provider. */
function sameForEveryRun(text: string): string {
  return text.replace(/AROA[A-Z0-9]+/g, "AROA…").replace(/\(\d+ unchanged/g, "(… unchanged");
}
