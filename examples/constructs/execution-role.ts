import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { ExecutionRole, principalTrust, readLock } from "crosstrust";

const ACCOUNTS = { shared: "444455556666", client: "111122223333" } as const;
const DEPLOYER = "arn:aws:iam::777788889999:role/deployer";
const ADMINISTRATOR = "arn:aws:iam::777788889999:role/OrganizationAccountAccessRole";

const lockFile = readLock("trust.lock.json");
if (lockFile === undefined) throw new Error("expected trust.lock.json, found none: restore it");

const app = new App();
for (const [name, accountId] of Object.entries(ACCOUNTS)) {
  const stack = new TerraformStack(app, `${name}-bootstrap`);
  new LocalBackend(stack, { path: `../../../state/${name}-bootstrap.tfstate` });
  // Never through the execution role that the stack defines: nobody can lock himself out.
  new AwsProvider(stack, "aws", {
    region: "eu-west-1",
    allowedAccountIds: [accountId],
    assumeRole: [{ roleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole` }],
  });
  new ExecutionRole(stack, "execution-role", {
    accountId,
    deployer: principalTrust(DEPLOYER, lockFile.lock, { guard: [DEPLOYER, ADMINISTRATOR] }),
  });
}
app.synth();
