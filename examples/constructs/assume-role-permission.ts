import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AssumeRolePermission, CrossAccountRole } from "crosstrust";

const SHARED = "444455556666";
const BUILD_ROLES = [
  "arn:aws:iam::111122223333:role/crosstrust/BuildRole",
  "arn:aws:iam::777788889999:role/crosstrust/BuildRole",
];

const app = new App();
const stack = new TerraformStack(app, "shared");
new LocalBackend(stack, { path: "../../../state/shared.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [SHARED] });

const ci = new CrossAccountRole(stack, "ci", {
  roleName: "ci",
  accountId: SHARED,
  path: "/build/",
  trusts: [{ kind: "service", service: "ecs-tasks.amazonaws.com" }],
});
new AssumeRolePermission(stack, "ci-may-assume", {
  identity: { kind: "role", name: ci.roleName, nameReference: ci.roleNameReference },
  roleArns: BUILD_ROLES,
});

// A role that somebody else defines keeps its inline policies: the permission is attached.
new AssumeRolePermission(stack, "legacy-may-assume", {
  identity: { kind: "role", name: "legacy", placement: "managed-only" },
  roleArns: BUILD_ROLES,
});
app.synth();
