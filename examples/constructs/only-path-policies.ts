import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { OnlyPathPolicies } from "crosstrust";

const MANAGEMENT = "777788889999";
const PROD = "111122223333";

const app = new App();
const main = new TerraformStack(app, "main");
new LocalBackend(main, { path: "../../../state/main.tfstate" });
new AwsProvider(main, "aws", { region: "eu-west-1", allowedAccountIds: [MANAGEMENT] });

// Whoever is not named cannot assume roles of prod, whatever they trust, and nobody in prod but the two
// administrators' roles can make users, roles, keys or trusts.
new OnlyPathPolicies(main, "only-path-prod", {
  guarded: {
    partition: "aws",
    accountId: PROD,
    name: "prod",
    administrators: [
      `arn:aws:iam::${PROD}:role/crosstrust-execution`,
      `arn:aws:iam::${PROD}:role/OrganizationAccountAccessRole`,
    ],
    deployers: [],
    existingDeployers: [],
    declared: ["arn:aws:iam::444455556666:role/ci"],
    tokenRoles: [],
  },
});
app.synth();
