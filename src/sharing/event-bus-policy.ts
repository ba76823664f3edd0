import type { PolicyDocument } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { namedPolicy } from "./named-statements";
import { sharedArn } from "./shared-arn";
import type { SharedEventBus } from "./shared-resource";

/** The only action on an event bus that is shared. */
export const EVENT_BUS_ACTION = "events:PutEvents";

/** The resource policy of an event bus. */
export function eventBusPolicy(bus: SharedEventBus): PolicyDocument {
  return namedPolicy(bus.keep, [
    {
      name: "PutEvents",
      statements: stagedStatements(bus.trusts, {
        actions: EVENT_BUS_ACTION,
        resources: sharedArn(bus),
      }),
    },
  ]);
}
