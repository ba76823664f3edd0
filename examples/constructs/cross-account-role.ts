import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { CrossAccountRole, principalTrust, readLock } from "crosstrust";

const CLIENT = "111122223333";
const CI = "arn:aws:iam::444455556666:role/build/ci";

// An empty lock in place of a lost one would widen every trust to the whole account without a word.
const lockFile = readLock("trust.lock.json");
if (lockFile === undefined) throw new Error("expected trust.lock.json, found none: restore it");

const app = new App();
const stack = new TerraformStack(app, "client");
new LocalBackend(stack, { path: "../../../state/client.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

new CrossAccountRole(stack, "images", {
  roleName: "BuildRole",
  accountId: CLIENT,
  path: "/crosstrust/",
  description: "Push images and note what was pushed",
  trusts: [principalTrust(CI, lockFile.lock, { organizationId: "o-a1b2c3d4e5" })],
  managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"],
  statements: [
    {
      Effect: "Allow",
      Action: "dynamodb:PutItem",
      Resource: `arn:aws:dynamodb:eu-west-1:${CLIENT}:table/Images`,
    },
  ],
});
app.synth();
