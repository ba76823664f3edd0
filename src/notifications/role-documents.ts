import { policyDocument, type PolicyDocument, type Statement } from "../iam/policy-document";
import {
  busArn,
  NOTIFICATION_NAMES,
  topicArn,
  type NotificationHub,
  type NotifiedRole,
  type RoleUseSource,
} from "./notifications";

/**
 * Trust policy of a role that EventBridge takes up for an account's rules, and for no other account's
 * (`aws:SourceAccount`: the confused deputy).
 */
export function eventBridgeTrustPolicy(accountId: string): PolicyDocument {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);
}

/** What the forwarder of a sending account may do: put events on the bus. */
export function forwarderPolicy({ busArn: bus }: RoleUseSource): PolicyDocument {
  return policyDocument([{ Effect: "Allow", Action: "events:PutEvents", Resource: bus }]);
}

/** What the reader of a sending account may do: read the notified roles, trust policies included. */
export function readerStatements(roles: readonly NotifiedRole[]): readonly Statement[] {
  return [
    {
      Sid: "ReadNotifiedRoles",
      Effect: "Allow",
      Action: "iam:GetRole",
      Resource: roles.map(({ arn }) => arn).sort(),
    },
  ];
}

/** What the notifier may do in the hub; its permission to take up readers comes with their trust. */
export function notifierStatements(hub: NotificationHub): readonly Statement[] {
  const logs = `arn:${hub.partition}:logs:${hub.region}:${hub.accountId}:log-group:${notifierLogGroup()}`;
  return [
    {
      Sid: "Log",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logs}:*`,
    },
    { Sid: "Tell", Effect: "Allow", Action: "events:PutEvents", Resource: busArn(hub) },
    ...(hub.email.length === 0
      ? []
      : [
          {
            Sid: "Mail",
            Effect: "Allow",
            Action: "sns:Publish",
            Resource: topicArn(hub),
          } as const,
        ]),
  ];
}

/** What the deliverer may do: call the API destinations. */
export function delivererPolicy({
  partition,
  accountId,
  region,
  apiDestinations,
}: NotificationHub): PolicyDocument {
  return policyDocument([
    {
      Effect: "Allow",
      Action: "events:InvokeApiDestination",
      Resource: apiDestinations.map(
        ({ name }) => `arn:${partition}:events:${region}:${accountId}:api-destination/${name}/*`,
      ),
    },
  ]);
}

/** Where Lambda writes the notifier's log. */
export function notifierLogGroup(): string {
  return `/aws/lambda/${NOTIFICATION_NAMES.notifier}`;
}
