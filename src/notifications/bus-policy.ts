import { accountPrincipalArn } from "../iam/arn";
import { oneOrMany, policyDocument, type PolicyDocument } from "../iam/policy-document";
import { busArn, NOTIFICATION_NAMES, type NotificationHub } from "./notifications";

/**
 * Characters of an event bus's policy (EventBridge User Guide, "Amazon EventBridge quotas"): 10,240 by
 * default, raised on request.
 */
export const BUS_POLICY_SIZE = 10_240;

/**
 * Who may put events on the bus: in each account of the list the role by which EventBridge forwards, and
 * nothing else. Undefined where no other account sends: AWS takes no policy without a statement, and in the
 * hub itself that role's own permission is enough.
 */
export function tryBusPolicy(hub: NotificationHub): PolicyDocument | undefined {
  const others = hub.senders.filter((accountId) => accountId !== hub.accountId);
  if (others.length === 0) return undefined;
  return policyDocument([
    {
      Sid: "ForwardedByAccountsOfTheList",
      Effect: "Allow",
      Principal: {
        AWS: oneOrMany(others.map((accountId) => accountPrincipalArn(hub.partition, accountId))),
      },
      Action: "events:PutEvents",
      Resource: busArn(hub),
      Condition: {
        ArnLike: {
          "aws:PrincipalArn": `arn:${hub.partition}:iam::*:role/${NOTIFICATION_NAMES.forwarder}`,
        },
      },
    },
  ]);
}

/** How many accounts the bus's policy can list. */
export function sendersThatFit(hub: NotificationHub): number {
  const sizeWith = (count: number): number =>
    JSON.stringify(
      tryBusPolicy({ ...hub, senders: Array.from({ length: count }, () => "0".repeat(12)) }),
    ).length;
  const each = sizeWith(3) - sizeWith(2);
  return 2 + Math.floor((BUS_POLICY_SIZE - sizeWith(2)) / each);
}
