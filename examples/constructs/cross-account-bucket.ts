import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  CrossAccountBucket,
  identityHalf,
  principalTrust,
  readLock,
  ResourcePermission,
  TrustOutputs,
} from "crosstrust";
import type { SharedBucket } from "crosstrust";

const SHARED = "444455556666";
const CLIENT = "111122223333";
const DEPLOYS = `arn:aws:iam::${CLIENT}:role/deploys`;
const ARTIFACTS = "arn:aws:s3:::acme-artifacts";

const lockFile = readLock("trust.lock.json");
if (lockFile === undefined) throw new Error("expected trust.lock.json, found none: restore it");

const app = new App();
const shared = new TerraformStack(app, "shared");
new LocalBackend(shared, { path: "../../../state/shared.tfstate" });
new AwsProvider(shared, "aws", { region: "eu-west-1", allowedAccountIds: [SHARED] });
const client = new TerraformStack(app, "client");
new LocalBackend(client, { path: "../../../state/client.tfstate" });
new AwsProvider(client, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

const artifacts: SharedBucket = {
  type: "s3-bucket",
  partition: "aws",
  accountId: SHARED,
  region: "eu-west-1",
  name: "acme-artifacts",
  ownership: "defined",
  allow: ["read"],
  prefix: "builds/",
  trusts: [principalTrust(DEPLOYS, lockFile.lock)],
  keep: [],
};
const bucket = new CrossAccountBucket(shared, "artifacts", { resource: artifacts });
new TrustOutputs(shared, "outputs", {
  trustedPrincipals: {},
  trusts: { [ARTIFACTS]: bucket.appliedTrusts },
  trustTerms: { [ARTIFACTS]: bucket.trustTerms },
  roleArns: {},
  trustingRoles: bucket.dependables,
});

// The other half: across accounts both sides must allow.
new ResourcePermission(client, "deploys-may-use", {
  identity: { kind: "role", name: "deploys" },
  statements: identityHalf(artifacts),
});
app.synth();
