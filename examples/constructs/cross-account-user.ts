import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AssumeRolePermission, CrossAccountUser, TrustOutputs } from "crosstrust";

const ROOT = "444455556666";

const app = new App();
const stack = new TerraformStack(app, "root");
new LocalBackend(stack, { path: "../../../state/root.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [ROOT] });

const bob = new CrossAccountUser(stack, "bob", { userName: "bob" });
new AssumeRolePermission(stack, "bob-may-assume", {
  identity: { kind: "user", name: "bob", nameReference: bob.userNameReference },
  roleArns: ["arn:aws:iam::111122223333:role/Billing"],
});
new TrustOutputs(stack, "outputs", {
  trustedPrincipals: { [`arn:aws:iam::${ROOT}:user/bob`]: bob.uniqueIdReference },
  trusts: {},
  roleArns: {},
  trustingRoles: [],
});
app.synth();
