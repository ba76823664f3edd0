import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AccountLogs, TrustOutputs } from "crosstrust";
import type { LogBucket } from "crosstrust";

const LOGS = "444455556666";
const MEMBER = "111122223333";

const app = new App();
const bucket: LogBucket = {
  service: "cloudtrail",
  partition: "aws",
  accountId: LOGS,
  region: "eu-west-1",
  bucket: "acme-cloudtrail",
  sources: { kind: "accounts", accountIds: [MEMBER, LOGS].sort() },
  protect: true,
};

for (const [name, accountId] of [
  ["logs", LOGS],
  ["member", MEMBER],
]) {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: `../../../state/${name}.tfstate` });
  new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [accountId] });
  const logs = new AccountLogs(stack, "logs", {
    accountId,
    partition: "aws",
    region: "eu-west-1",
    logging: {
      // The bucket first: AWS refuses a trail whose bucket does not take its logs.
      buckets: accountId === LOGS ? [bucket] : [],
      trail: { name: "crosstrust", kind: "account", bucket: bucket.bucket },
      config: [],
      configServiceLinkedRole: "existing",
    },
  });
  new TrustOutputs(stack, "outputs", {
    trustedPrincipals: {},
    trusts: {},
    trustTerms: logs.terms,
    roleArns: {},
    trustingRoles: logs.dependables,
  });
}
app.synth();
