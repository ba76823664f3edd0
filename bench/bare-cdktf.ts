import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ROLES_PER_ACCOUNT } from "./organization";

/** The floor: as many stacks and elements as the organization has, written in cdktf by hand. */
export function buildBareApp(outdir: string, accounts: number): App {
  const app = new App({ outdir, stackTraces: false });
  for (let number = 0; number < accounts; number += 1) {
    const stack = new TerraformStack(app, `a${number}`);
    new LocalBackend(stack, { path: `../../../state/a${number}.tfstate` });
    new AwsProvider(stack, "aws", {
      region: "us-east-1",
      allowedAccountIds: [String(100_000_000_000 + number)],
      defaultTags: [{ tags: { "managed-by": "crosstrust" } }],
    });
    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const arns: Record<string, string> = {};
    const scope = new Construct(stack, "app");
    const caller = new IamRole(scope, "role", { name: "app", path: "/", assumeRolePolicy: trust });
    arns.app = caller.arn;
    new IamRolePolicy(new Construct(stack, "may-assume"), "policy", {
      name: "CrossAccountAssumeRole",
      role: caller.name,
      policy: trust,
    });
    for (let role = 0; role < ROLES_PER_ACCOUNT; role += 1) {
      const target = new Construct(stack, `target-${role}`);
      const defined = new IamRole(target, "role", {
        name: `target-${role}`,
        path: "/",
        assumeRolePolicy: trust,
      });
      arns[`target-${role}`] = defined.arn;
      new IamRolePolicyAttachment(target, "managed-policy", {
        role: defined.name,
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      });
    }
    const outputs = new Construct(stack, "outputs");
    new TerraformOutput(outputs, "trusted_principals", { staticId: true, value: { a: "b" } });
    new TerraformOutput(outputs, "trusts", { staticId: true, value: { a: "b" } });
    new TerraformOutput(outputs, "role_arns", { staticId: true, value: arns });
  }
  return app;
}
