import type { Construct } from "constructs";
import { RoleUseEvents } from "../constructs/role-use-events";
import { RoleUseNotifications } from "../constructs/role-use-notifications";
import type { Notifying } from "../model/model";

/** Defines an account's part in `notifications`, in its stack; gives the bus where it has it. */
export function addNotifications(
  stack: Construct,
  { account, source, hub }: Notifying,
  notifierRoleArn: string,
): RoleUseNotifications | undefined {
  if (source !== undefined) {
    new RoleUseEvents(stack, "role-use-events", { source, providerRegion: account.region });
  }
  return hub && new RoleUseNotifications(stack, "role-use-notifications", { hub, notifierRoleArn });
}
