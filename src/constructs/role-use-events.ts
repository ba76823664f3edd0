import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { roleUseRules } from "../notifications/event-patterns";
import { NOTIFICATION_NAMES, type RoleUseSource } from "../notifications/notifications";
import { eventBridgeTrustPolicy, forwarderPolicy } from "../notifications/role-documents";
import { policyJson } from "./terraform-json";

/** An account with roles whose use is told. */
export interface RoleUseEventsProps {
  readonly source: RoleUseSource;
  /** Region of the stack's provider: rules in others name theirs. */
  readonly providerRegion: string;
}

/** `ENABLED` leaves out what only reads, and AssumeRole counts as reading. */
export const ALL_MANAGEMENT_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Sends every use of an account's notified roles to the bus of another account: rules in each Region, and the
 * role as which EventBridge puts events there. EventBridge gets them only where the account has a trail.
 *
 * Guarantee: nothing here depends on the stage of any trust.
 */
export class RoleUseEvents extends Construct {
  constructor(scope: Construct, id: string, { source, providerRegion }: RoleUseEventsProps) {
    super(scope, id);
    const forwarder = new IamRole(this, "forwarder", {
      name: NOTIFICATION_NAMES.forwarder,
      assumeRolePolicy: policyJson(eventBridgeTrustPolicy(source.accountId)),
    });
    new IamRolePolicy(this, "put-events", {
      name: "put-events",
      role: forwarder.name,
      policy: policyJson(forwarderPolicy(source)),
    });
    const rules = roleUseRules(source);
    for (const region of source.regions) {
      const inRegion = region === providerRegion ? {} : { region };
      for (const { name, pattern } of rules) {
        const rule = new CloudwatchEventRule(this, `${name}-${region}`, {
          name,
          state: ALL_MANAGEMENT_EVENTS,
          eventPattern: JSON.stringify(pattern),
          ...inRegion,
        });
        new CloudwatchEventTarget(this, `${name}-${region}-bus`, {
          rule: rule.name,
          targetId: NOTIFICATION_NAMES.bus,
          arn: source.busArn,
          roleArn: forwarder.arn,
          ...inRegion,
        });
      }
    }
  }
}
