import { roleArn } from "../../iam/arn";
import type { Statement } from "../../iam/policy-document";
import { NOTIFICATION_NAMES, type NotificationHub } from "../../notifications/notifications";
import { notifierStatements, readerStatements } from "../../notifications/role-documents";
import { EMPTY_LOCK } from "../../trust/lock";
import { principalTrust } from "../../trust/principal-trust";
import type { Trust } from "../../trust/trust";
import type { Account, Notifying, Role } from "../model";

/**
 * The roles of the function that makes messages: its own in the hub, and one in each account with notified
 * roles, by which it reads their trust policies when a message is made. Cross-account roles like all others:
 * staged, confirmed, with both halves.
 */
export function notificationRoles(notifying: readonly Notifying[]): readonly Role[] {
  const home = notifying.find(({ hub }) => hub !== undefined);
  if (home?.hub === undefined) return [];
  const notifier = notifierRole(home, home.hub);
  const trust = principalTrust(notifier.arn, EMPTY_LOCK, {
    organizationId: home.account.organizationId,
  });
  const readers = notifying.flatMap(({ source, ...part }) =>
    source === undefined
      ? []
      : [roleOf(part, NOTIFICATION_NAMES.reader, [trust], readerStatements(source.roles))],
  );
  return [notifier, ...readers];
}

function notifierRole(home: Notifying, hub: NotificationHub): Role {
  const service = { kind: "service", service: "lambda.amazonaws.com" } as const;
  return roleOf(home, NOTIFICATION_NAMES.notifier, [service], notifierStatements(hub));
}

function roleOf(
  {
    account,
    stack,
    location,
  }: { readonly account: Account; readonly stack: string } & Pick<Notifying, "location">,
  name: string,
  trusts: readonly Trust[],
  statements: readonly Statement[],
): Role {
  return {
    account,
    stack,
    arn: roleArn(account.partition, account.id, "/", name),
    name,
    path: "/",
    ownership: "defined",
    managedPolicyArns: [],
    statements,
    trusts,
    mayAssume: [],
    sessionPermissions: [],
    trustPositions: [],
    mayUse: [],
    protect: false,
    trusted: false,
    location,
  };
}
