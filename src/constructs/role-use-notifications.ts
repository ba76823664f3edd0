import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { TerraformResource, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { tryBusPolicy } from "../notifications/bus-policy";
import { notifierPattern } from "../notifications/event-patterns";
import { busTerms } from "../notifications/notification-terms";
import {
  busArn,
  NOTIFICATION_NAMES,
  topicArn,
  type NotificationHub,
} from "../notifications/notifications";
import { ApiDestinations } from "./api-destinations";
import { NotifierFunction } from "./notifier-function";
import { ALL_MANAGEMENT_EVENTS } from "./role-use-events";
import { policyJson } from "./terraform-json";

/** Where the uses of roles come together. */
export interface RoleUseNotificationsProps {
  readonly hub: NotificationHub;
  /** ARN of the role that the function runs as, which the readers of the sending accounts trust. */
  readonly notifierRoleArn: string;
}

/**
 * The bus that takes the events of the accounts of the list and refuses all others, the function that makes a
 * message of each, and whoever gets it: e-mail addresses by SNS, API destinations. The function reads the
 * role's trust policy when the message is made, so nothing here depends on the stage of any trust.
 */
export class RoleUseNotifications extends Construct {
  /** By the bus's ARN, for the output `trust_terms`. */
  readonly terms: Readonly<Record<string, Readonly<Record<string, string>>>>;

  constructor(scope: Construct, id: string, { hub, notifierRoleArn }: RoleUseNotificationsProps) {
    super(scope, id);
    this.terms = { [busArn(hub)]: busTerms(hub) };
    const bus = new CloudwatchEventBus(this, "bus", { name: NOTIFICATION_NAMES.bus });
    const policy = tryBusPolicy(hub);
    if (policy !== undefined) {
      new CloudwatchEventBusPolicy(this, "bus-policy", {
        eventBusName: bus.name,
        policy: policyJson(policy),
      });
    }
    this.addMail(hub);
    const notifier = new NotifierFunction(this, "notifier", {
      roleArn: notifierRoleArn,
      environment: {
        BUS_NAME: NOTIFICATION_NAMES.bus,
        READER_ROLE: NOTIFICATION_NAMES.reader,
        ...(hub.email.length > 0 && { TOPIC_ARN: topicArn(hub) }),
      },
    });
    this.addRule(bus, notifier);
    if (hub.apiDestinations.length > 0) {
      new ApiDestinations(this, "api-destinations", { hub, eventBusName: bus.name });
    }
  }

  /** What the terms speak of: they hold once it is applied. */
  get dependables(): readonly ITerraformDependable[] {
    return this.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));
  }

  private addMail({ email }: NotificationHub): void {
    if (email.length === 0) return;
    const topic = new SnsTopic(this, "topic", { name: NOTIFICATION_NAMES.topic });
    for (const endpoint of email) {
      new SnsTopicSubscription(this, `mail-${endpoint}`, {
        topicArn: topic.arn,
        protocol: "email",
        endpoint,
      });
    }
  }

  private addRule(bus: CloudwatchEventBus, notifier: NotifierFunction): void {
    const rule = new CloudwatchEventRule(this, "to-notifier", {
      name: NOTIFICATION_NAMES.notifier,
      eventBusName: bus.name,
      state: ALL_MANAGEMENT_EVENTS,
      eventPattern: JSON.stringify(notifierPattern()),
    });
    new LambdaPermission(this, "may-be-called", {
      functionName: notifier.functionNameReference,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, "to-notifier-target", {
      rule: rule.name,
      eventBusName: bus.name,
      targetId: NOTIFICATION_NAMES.notifier,
      arn: notifier.functionArnReference,
    });
  }
}
