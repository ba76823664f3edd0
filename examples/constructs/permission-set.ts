import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { assumeRolePolicy, CrossAccountRole, PermissionSet } from "crosstrust";

const MAIN = "444455556666";
const HUB = "777788889999";
const CLIENT = "111122223333";

const app = new App();
const main = new TerraformStack(app, "main");
new LocalBackend(main, { path: "../../../state/main.tfstate" });
new AwsProvider(main, "aws", { region: "eu-west-1", allowedAccountIds: [MAIN] });
const client = new TerraformStack(app, "client");
new LocalBackend(client, { path: "../../../state/client.tfstate" });
new AwsProvider(client, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

// Whoever signs in to the hub with the permission set gets in. Never with MFA: sessions carry none.
const admin = new CrossAccountRole(client, "admin", {
  roleName: "PlatformAdmin",
  accountId: CLIENT,
  trusts: [
    {
      kind: "permission-set",
      partition: "aws",
      accountId: HUB,
      permissionSet: "Platform",
      mfa: false,
    },
  ],
  managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
});

// Nothing can be attached to the role that Identity Center makes: the permission stands here.
new PermissionSet(main, "platform", {
  name: "Platform",
  instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  identityStoreId: "d-1234567890",
  inlinePolicy: assumeRolePolicy([admin.roleArn]),
  assignees: [{ accountId: HUB, type: "GROUP", name: "platform-engineers" }],
});
app.synth();
