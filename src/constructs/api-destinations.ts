import { CloudwatchEventApiDestination } from "@cdktf/provider-aws/lib/cloudwatch-event-api-destination";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { inputTransformer, messagePattern } from "../notifications/message-event";
import { NOTIFICATION_NAMES, type NotificationHub } from "../notifications/notifications";
import { delivererPolicy, eventBridgeTrustPolicy } from "../notifications/role-documents";
import { escapeTerraform, policyJson } from "./terraform-json";

/** The endpoints that get each message, and the bus on which messages are. */
export interface ApiDestinationsProps {
  readonly hub: NotificationHub;
  readonly eventBusName: string;
}

/**
 * Chats and ticket systems that are called for each message. Their secrets are in EventBridge connections that
 * are made by hand, and are neither in the JSON nor in the state. Each has a rule of its own, so that AWS's
 * five targets per rule are no limit.
 */
export class ApiDestinations extends Construct {
  constructor(scope: Construct, id: string, { hub, eventBusName }: ApiDestinationsProps) {
    super(scope, id);
    const deliverer = new IamRole(this, "deliverer", {
      name: NOTIFICATION_NAMES.deliverer,
      assumeRolePolicy: policyJson(eventBridgeTrustPolicy(hub.accountId)),
    });
    new IamRolePolicy(this, "invoke", {
      name: "invoke",
      role: deliverer.name,
      policy: policyJson(delivererPolicy(hub)),
    });
    for (const destination of hub.apiDestinations) {
      const { name, url, connectionArn } = destination;
      const { inputPaths, inputTemplate } = inputTransformer(destination);
      const endpoint = new CloudwatchEventApiDestination(this, name, {
        name,
        connectionArn,
        invocationEndpoint: escapeTerraform(url),
        httpMethod: "POST",
      });
      const rule = new CloudwatchEventRule(this, `${name}-rule`, {
        name: `crosstrust-to-${name}`,
        eventBusName,
        eventPattern: JSON.stringify(messagePattern(hub.accountId)),
      });
      new CloudwatchEventTarget(this, `${name}-target`, {
        rule: rule.name,
        eventBusName,
        targetId: name,
        arn: endpoint.arn,
        roleArn: deliverer.arn,
        inputTransformer: { inputPaths, inputTemplate: escapeTerraform(inputTemplate) },
      });
    }
  }
}
