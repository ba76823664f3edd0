import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { CrossAccountRole, OidcProvider } from "crosstrust";

const HUB = "777788889999";
const ISSUER = "https://token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

const app = new App();
const stack = new TerraformStack(app, "hub");
new LocalBackend(stack, { path: "../../../state/hub.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [HUB] });

const github = new OidcProvider(stack, "github", { issuer: ISSUER, audiences: [AUDIENCE] });
new CrossAccountRole(stack, "deployer", {
  roleName: "deployer",
  accountId: HUB,
  trusts: [
    {
      kind: "oidc",
      partition: "aws",
      accountId: HUB,
      issuer: ISSUER,
      audience: AUDIENCE,
      // Name the organization first: a subject that begins with a wildcard lets strangers in.
      subjects: ["repo:acme/infra:ref:refs/heads/main"],
    },
  ],
  destroy: "prevent",
  dependsOn: [github.dependable],
});
app.synth();
