import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  AssumeRolePermission,
  CrossAccountGroup,
  CrossAccountRole,
  CrossAccountUser,
} from "crosstrust";

const ROOT = "444455556666";
const CLIENT = "111122223333";

const app = new App();
const root = new TerraformStack(app, "root");
new LocalBackend(root, { path: "../../../state/root.tfstate" });
new AwsProvider(root, "aws", { region: "eu-west-1", allowedAccountIds: [ROOT] });
const client = new TerraformStack(app, "client");
new LocalBackend(client, { path: "../../../state/client.tfstate" });
new AwsProvider(client, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

// The account lets its users' account in, with MFA: a group cannot be a principal.
const admin = new CrossAccountRole(client, "admin", {
  roleName: "MainAccountAdminRole",
  accountId: CLIENT,
  trusts: [
    { kind: "group", partition: "aws", accountId: ROOT, groupName: "CrossAccount", mfa: true },
  ],
  managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
});

// The group's policy and its members decide who gets in: a new member changes this stack alone.
const alice = new CrossAccountUser(root, "alice", { userName: "alice" });
const group = new CrossAccountGroup(root, "cross-account", {
  groupName: "CrossAccount",
  userNames: [alice.userNameReference],
});
new AssumeRolePermission(root, "cross-account-may-assume", {
  identity: { kind: "group", name: "CrossAccount", nameReference: group.groupNameReference },
  roleArns: [admin.roleArn],
});
app.synth();
