import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  AssumeRolePermission,
  CrossAccountRole,
  principalTrust,
  readLock,
  TrustOutputs,
} from "crosstrust";

const SHARED = "444455556666";
const CLIENT = "111122223333";

const lockFile = readLock("trust.lock.json");
if (lockFile === undefined) throw new Error("expected trust.lock.json, found none: restore it");

const app = new App();
const shared = new TerraformStack(app, "shared");
new LocalBackend(shared, { path: "../../../state/shared.tfstate" });
new AwsProvider(shared, "aws", { region: "eu-west-1", allowedAccountIds: [SHARED] });
const client = new TerraformStack(app, "client");
new LocalBackend(client, { path: "../../../state/client.tfstate" });
new AwsProvider(client, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

const ci = new CrossAccountRole(shared, "ci", {
  roleName: "ci",
  accountId: SHARED,
  trusts: [{ kind: "service", service: "ecs-tasks.amazonaws.com" }],
});
// By ARN, not by reference: neither stack reads the other's state, and each can be deployed alone.
const images = new CrossAccountRole(client, "images", {
  roleName: "BuildRole",
  accountId: CLIENT,
  trusts: [principalTrust(ci.roleArn, lockFile.lock)],
});
new AssumeRolePermission(shared, "ci-may-assume", {
  identity: { kind: "role", name: ci.roleName, nameReference: ci.roleNameReference },
  roleArns: [images.roleArn],
});

new TrustOutputs(shared, "outputs", {
  trustedPrincipals: { [ci.roleArn]: ci.uniqueIdReference },
  trusts: {},
  roleArns: { [ci.roleName]: ci.roleArnReference },
  trustingRoles: [],
});
new TrustOutputs(client, "outputs", {
  trustedPrincipals: {},
  trusts: { [images.roleArn]: images.appliedTrusts },
  roleArns: { [images.roleName]: images.roleArnReference },
  trustingRoles: [images.dependable],
});
app.synth();
