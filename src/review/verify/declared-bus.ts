import { accountPrincipalArn, roleArn } from "../../iam/arn";
import type { Model } from "../../model/model";
import { busArn, NOTIFICATION_NAMES } from "../../notifications/notifications";
import { EVENT_BUS_ACTION } from "../../sharing/event-bus-policy";
import type { DeclaredResource } from "./declared-resource";
import { outsidersOf } from "./declared-way";

/** Who may put events on the bus of `notifications`: in each account that sends, the role that forwards. */
export function declaredBus({ notifying }: Model): readonly DeclaredResource[] {
  return notifying.flatMap(({ stack, hub }): readonly DeclaredResource[] => {
    if (hub === undefined) return [];
    const { partition, accountId, senders } = hub;
    return [
      {
        stack,
        accountId,
        arn: busArn(hub),
        otherArns: [],
        ways: senders
          .filter((sender) => sender !== accountId)
          .map((sender) => {
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
        isSettled: true,
        keep: [],
        isClosed: false,
      },
    ];
  });
}
