import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { policyDocument, type Statement } from "../../src/iam/policy-document";
import { synthesizeInMemory } from "../../src/app";
import { accessOf } from "../../src/estate/access";
import { readEstate } from "../../src/estate/read-estate";
import { tryParseIamArn } from "../../src/iam/arn";
import { ROOT } from "../docs/markdown";
import { resourcesOf, terraformText, type StackJson } from "../constructs/stack-json";
import { NO_EXTENSION, readAccounts, synthesize } from "../stacks/organization";

const MODEL = readAccounts("examples/agency/accounts.json");
const README = readFileSync(join(ROOT, "examples/agency/README.md"), "utf8");

/** The policies of a group of the main account, by name. */
function policiesOf(stack: StackJson, group: string): Readonly<Record<string, unknown>> {
  const all = Object.entries(resourcesOf(stack, "aws_iam_group_policy"));
  return Object.fromEntries(
    all
      .filter(([address]) => address.includes(`group-${group}_`))
      .map(([, { name, policy }]) => [
        String(name),
        JSON.parse(terraformText(String(policy))).Statement,
      ]),
  );
}

describe("examples/agency", () => {
  test("its README shows who gets into what, as the stacks have it", () => {
    const estate = readEstate(synthesizeInMemory(MODEL, NO_EXTENSION), {
      organizationIds: new Map(MODEL.accounts.map(({ id }) => [id, "o-a1b2c3d4e5"])),
    });
    const names = new Map(MODEL.accounts.map(({ id, name }) => [id, name]));
    const found = accessOf(estate, { unlisted: "do not exist" }).map(
      ({ principal, roleArn, result, needs }) => {
        expect([result, needs]).toEqual(["allowed", ["MFA"]]);
        const role = tryParseIamArn(roleArn);
        const account = names.get(role?.accountId ?? "") ?? "";
        return `${tryParseIamArn(principal)?.name ?? ""} ${account} ${role?.name ?? ""}`;
      },
    );
    const [header, , ...rows] = (/^\| who[^]*?(?=\n\n)/m.exec(README)?.[0] ?? "")
      .split("\n")
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const shown = rows.flatMap(([who, ...cells]) =>
      cells.flatMap((cell, index) =>
        cell
          .split(", ")
          .filter((role) => role !== "")
          .map((role) => `${who} ${header[index + 1]} ${role}`),
      ),
    );
    expect(shown.length).toBeGreaterThan(8);
    expect([...found].sort()).toEqual([...shown].sort());
  });

  test("CrossAccount may assume exactly the roles that trust it", () => {
    const { main } = synthesize(MODEL);
    expect(policiesOf(main, "CrossAccount")).toEqual({
      CrossAccountAssumeRole: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: ["511", "512", "521", "522"].map(
            (end) => `arn:aws:iam::100000000${end}:role/MainAccountAdminRole`,
          ),
        },
      ],
    });
  });

  test("MainAccountAdminRole has AdministratorAccess in each client account, and no other policy", () => {
    const stacks = synthesize(MODEL);
    for (const account of ["flower-dev", "flower-prod", "garden-dev", "garden-prod"]) {
      const [[address]] = Object.entries(resourcesOf(stacks[account], "aws_iam_role")).filter(
        ([, { name }]) => name === "MainAccountAdminRole",
      );
      const attached = Object.values(
        resourcesOf(stacks[account], "aws_iam_role_policy_attachment"),
      ).filter(({ role }) => role === `\${${address}.name}`);
      expect(attached.map((each) => each.policy_arn)).toEqual([
        "arn:aws:iam::aws:policy/AdministratorAccess",
      ]);
    }
  });

  test.each([
    ["alice", "iam:EnableMFADevice", false, "denied"],
    ["alice", "iam:CreateVirtualMFADevice", false, "denied"],
    ["alice", "iam:EnableMFADevice", true, "allowed"],
    ["alice", "iam:ChangePassword", false, "allowed"],
    ["bob", "iam:EnableMFADevice", false, "allowed"],
    ["bob", "iam:CreateVirtualMFADevice", false, "allowed"],
  ])("%s, %s with MFA %s: %s, since HasMfa has alice alone", (user, action, mfa, result) => {
    const { main } = synthesize(MODEL);
    const groups = MODEL.groups.filter(({ users }) => users.includes(user));
    const identityPolicies = groups.flatMap(({ name }) =>
      Object.entries(policiesOf(main, name)).map(([policy, statements]) => ({
        name: `${name}/${policy}`,
        document: policyDocument(statements as readonly Statement[]),
      })),
    );
    const accountId = "100000000501";
    const arn = `arn:aws:iam::${accountId}:user/${user}`;
    const device = `arn:aws:iam::${accountId}:mfa/phone`;
    const target = action === "iam:CreateVirtualMFADevice" ? device : arn;
    expect(
      evaluateAccess({
        caller: { kind: "user", arn, accountId, identityPolicies },
        action,
        resource: { arn: target, accountId },
        context: { mfa },
      }).result,
    ).toBe(result);
  });

  test("a role of the partner is in the group's permission, and no stack makes it", () => {
    const stacks = synthesize(MODEL);
    const [{ Resource: resources }] = policiesOf(stacks.main, "Developers")
      .CrossAccountAssumeRole as [{ Resource: readonly string[] }];
    expect(resources).toContain("arn:aws:iam::900000000501:role/ReportsForAgency");
    expect(Object.keys(stacks)).not.toContain("partner");
  });

  test("a group's own statements and policies are in its account", () => {
    const { main } = synthesize(MODEL);
    expect(policiesOf(main, "Gardeners").permissions).toEqual([
      {
        Sid: "Plans",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::plans-100000000501/*",
      },
    ]);
    expect(Object.values(resourcesOf(main, "aws_iam_group_policy_attachment"))).toEqual([
      expect.objectContaining({
        policy_arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      }),
    ]);
  });

  test("no password and no access key is in any stack", () => {
    const text = JSON.stringify(synthesize(MODEL));
    expect(text).not.toMatch(/aws_iam_(access_key|user_login_profile)|aws_iam_virtual_mfa_device/);
  });
});
