import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { CrossAccountKey, KeyGrants, principalTrust, readLock, TrustOutputs } from "crosstrust";
import type { AccountTrust, SharedKmsKey } from "crosstrust";

const SHARED = "444455556666";
const CLIENT = "111122223333";
const CLIENT_DEPLOYS = `arn:aws:iam::${CLIENT}:role/crosstrust-execution`;
const AUTO_SCALING = `arn:aws:iam::${CLIENT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
const ALIAS = `arn:aws:kms:eu-west-1:${SHARED}:alias/ami-encryption`;

const lockFile = readLock("trust.lock.json");
if (lockFile === undefined) throw new Error("expected trust.lock.json, found none: restore it");

const app = new App();
const shared = new TerraformStack(app, "shared");
new LocalBackend(shared, { path: "../../../state/shared.tfstate" });
new AwsProvider(shared, "aws", { region: "eu-west-1", allowedAccountIds: [SHARED] });
const client = new TerraformStack(app, "client");
new LocalBackend(client, { path: "../../../state/client.tfstate" });
new AwsProvider(client, "aws", { region: "eu-west-1", allowedAccountIds: [CLIENT] });

const users: AccountTrust = { kind: "account", partition: "aws", accountId: CLIENT, mfa: false };
const amiKey: SharedKmsKey = {
  type: "kms-key",
  partition: "aws",
  accountId: SHARED,
  region: "eu-west-1",
  name: "ami-encryption",
  ownership: "defined",
  trusts: [users],
  grants: [{ maker: principalTrust(CLIENT_DEPLOYS, lockFile.lock), granteeArn: AUTO_SCALING }],
  deletionWindowInDays: 30,
  enableKeyRotation: true,
  keep: [],
};
const key = new CrossAccountKey(shared, "ami-key", { resource: amiKey });
new TrustOutputs(shared, "outputs", {
  trustedPrincipals: {},
  trusts: { [ALIAS]: key.appliedTrusts },
  trustTerms: { [ALIAS]: key.trustTerms },
  sharedKeys: key.keyArns,
  roleArns: {},
  trustingRoles: key.dependables,
});

// AWS chooses the key's ID: the grant waits until `confirm` has recorded the ARN.
const keyArn = lockFile.lock.keys?.[ALIAS];
new KeyGrants(client, "grants", {
  serviceName: "autoscaling.amazonaws.com",
  granteeArn: AUTO_SCALING,
  serviceLinkedRole: "defined",
  grants: keyArn === undefined ? [] : [{ name: "ami-encryption", keyArn }],
});
app.synth();
