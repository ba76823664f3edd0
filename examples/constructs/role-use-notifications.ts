import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  busArn,
  CrossAccountRole,
  EMPTY_LOCK,
  notifierStatements,
  principalTrust,
  readerStatements,
  RoleUseEvents,
  RoleUseNotifications,
} from "crosstrust";
import type { NotificationHub } from "crosstrust";

const SECURITY = "444455556666";
const CLIENT = "111122223333";

const app = new App();
const hub: NotificationHub = {
  partition: "aws",
  accountId: SECURITY,
  region: "eu-west-1",
  senders: [CLIENT],
  email: ["security@example.com"],
  apiDestinations: [],
};
const roles = [{ arn: `arn:aws:iam::${CLIENT}:role/Admin`, name: "Admin" }];

function stackOf(name: string, accountId: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new LocalBackend(stack, { path: `../../../state/${name}.tfstate` });
  new AwsProvider(stack, "aws", { region: "eu-west-1", allowedAccountIds: [accountId] });
  return stack;
}

const security = stackOf("security", SECURITY);
const notifier = new CrossAccountRole(security, "notifier", {
  roleName: "crosstrust-notify",
  accountId: SECURITY,
  trusts: [{ kind: "service", service: "lambda.amazonaws.com" }],
  statements: [
    ...notifierStatements(hub),
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: `arn:aws:iam::${CLIENT}:role/crosstrust-notify-read`,
    },
  ],
});
new RoleUseNotifications(security, "notifications", {
  hub,
  notifierRoleArn: notifier.roleArnReference,
});

const client = stackOf("client", CLIENT);
new RoleUseEvents(client, "uses", {
  providerRegion: "eu-west-1",
  source: {
    partition: "aws",
    accountId: CLIENT,
    regions: ["eu-west-1", "us-east-1"],
    roles,
    busArn: busArn(hub),
  },
});
// By this role the message's maker looks up how the trust stands; the trail is somebody else's.
new CrossAccountRole(client, "reader", {
  roleName: "crosstrust-notify-read",
  accountId: CLIENT,
  trusts: [principalTrust(notifier.roleArn, EMPTY_LOCK)],
  statements: readerStatements(roles),
});
app.synth();
