import { accountPrincipalArn, roleArn } from "../../iam/arn";
import type { Model } from "../../model/model";
import {
  busArn,
  NOTIFICATION_NAMES,
  type NotificationHub,
} from "../../notifications/notifications";
import { EVENT_BUS_ACTION } from "../../sharing/event-bus-policy";
import { FUNCTION_ACTION } from "../../sharing/lambda-permissions";
import { conditionDemands } from "./condition-demands";
import { ORDINARY, type DeclaredResource } from "./declared-resource";
import { only, outsidersOf } from "./declared-way";

/**
 * What `notifications` means: in each account that sends, the role that forwards puts events on the bus, and
 * the bus's rule calls the function that makes messages.
 */
export function declaredNotifications({ notifying }: Model): readonly DeclaredResource[] {
  return notifying.flatMap(({ stack, hub }) =>
    hub === undefined ? [] : [busOf(stack, hub), notifierOf(stack, hub)],
  );
}

function busOf(stack: string, hub: NotificationHub): DeclaredResource {
  const { partition, accountId, senders } = hub;
  const others = senders.filter((sender) => sender !== accountId);
  return {
    ...ORDINARY,
    stack,
    accountId,
    arn: busArn(hub),
    ways: others.map((sender) => {
      const forwarder = roleArn(partition, sender, "/", NOTIFICATION_NAMES.forwarder);
      const account = accountPrincipalArn(partition, sender);
      return {
        expected: [forwarder],
        accountId: sender,
        admits: ({ principal, by }) =>
          principal === forwarder || (principal === account && by === "guarded account"),
        demands: [],
        outsiders: outsidersOf(partition, sender),
        uses: [{ action: EVENT_BUS_ACTION }],
      };
    }),
  };
}

function notifierOf(stack: string, hub: NotificationHub): DeclaredResource {
  const { partition, region, accountId } = hub;
  const { bus, notifier } = NOTIFICATION_NAMES;
  const rule = `arn:${partition}:events:${region}:${accountId}:rule/${bus}/${notifier}`;
  const byRule = {
    label: `rule ${rule}`,
    operator: "ArnLike",
    key: "aws:SourceArn",
    values: [rule],
  };
  return {
    ...ORDINARY,
    stack,
    accountId,
    arn: `arn:${partition}:lambda:${region}:${accountId}:function:${notifier}`,
    ways: [
      {
        ...only("events.amazonaws.com"),
        demands: conditionDemands([byRule]),
        uses: [{ action: FUNCTION_ACTION }],
      },
    ],
  };
}
