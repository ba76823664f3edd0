import type { Partition } from "../iam/arn";

/** A role whose use is told. */
export interface NotifiedRole {
  readonly arn: string;
  /** Console switches name the role without its path. */
  readonly name: string;
}

/** An account with roles whose use is told: it sends their events to the bus. */
export interface RoleUseSource {
  readonly partition: Partition;
  /** 12 digits. */
  readonly accountId: string;
  /** Where the events may be recorded; sorted, the Region of global endpoints among them. */
  readonly regions: readonly string[];
  /** At least one. */
  readonly roles: readonly NotifiedRole[];
  readonly busArn: string;
}

/** An HTTPS endpoint that is called for each use: a chat, a ticket system. */
export interface ApiDestination {
  readonly name: string;
  /** `https://…`, without a secret. */
  readonly url: string;
  /** ARN of an EventBridge connection that was made by hand: it has the secret. */
  readonly connectionArn: string;
  /** What is sent: a text that is a message field in angle brackets (`<text>`) is filled in. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The account in which the events of all accounts come together and messages are made. */
export interface NotificationHub {
  readonly partition: Partition;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** IDs of the accounts that may send, sorted; the hub itself may be among them. */
  readonly senders: readonly string[];
  /** E-mail addresses. */
  readonly email: readonly string[];
  readonly apiDestinations: readonly ApiDestination[];
}

/** The bus that takes the events of all accounts. */
export function busArn({
  partition,
  accountId,
  region,
}: Pick<NotificationHub, "partition" | "accountId" | "region">): string {
  return `arn:${partition}:events:${region}:${accountId}:event-bus/${NOTIFICATION_NAMES.bus}`;
}

/** The topic to which e-mail addresses are subscribed. */
export function topicArn({ partition, accountId, region }: NotificationHub): string {
  return `arn:${partition}:sns:${region}:${accountId}:${NOTIFICATION_NAMES.topic}`;
}

/** Names in AWS: they are a contract, since ARNs are computed from them. */
export const NOTIFICATION_NAMES = {
  bus: "crosstrust-notifications",
  topic: "crosstrust-notifications",
  /** The function that makes messages, and the role that it runs as. */
  notifier: "crosstrust-notify",
  /** In each sending account: EventBridge puts events on the bus as this role. */
  forwarder: "crosstrust-notify-forward",
  /** In each sending account: the notifier reads trust policies as this role. */
  reader: "crosstrust-notify-read",
  /** EventBridge calls API destinations as this role. */
  deliverer: "crosstrust-notify-deliver",
} as const;

/** The Region in which the requests to global endpoints are recorded. */
export function globalRegion(partition: Partition): string {
  switch (partition) {
    case "aws":
      return "us-east-1";
    case "aws-us-gov":
      return "us-gov-west-1";
    case "aws-cn":
      return "cn-north-1";
  }
}
