import { DEFAULT_BODY } from "../../notifications/message-event";
import {
  busArn,
  globalRegion,
  type NotificationHub,
  type RoleUseSource,
} from "../../notifications/notifications";
import { showValue } from "../../source/show-value";
import type { AccountsFile } from "../file/accounts-file";
import { isInDoubt } from "../file/doubts";
import type { Entry } from "../file/entry";
import type { NotificationsInput } from "../file/schema/notifications";
import { groupBy } from "../group-by";
import type { Account, Logging, Notifying } from "../model";
import { checkApiDestinations } from "./check-api-destinations";
import { checkNotifications } from "./check-notifications";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { RoleInstance } from "./role-instance";
import { selectAccounts, type AccountIndex } from "./selector";

/** What `notifications` is resolved against. */
export interface NotificationContext {
  readonly instances: readonly RoleInstance[];
  readonly logging: readonly Logging[];
  readonly index: AccountIndex;
  readonly problems: ProblemList;
}

/**
 * `notifications`: what each account's stack defines of it, in file order; accounts that have no part in it
 * are left out. Nothing without `notifications`, or when its account cannot be found.
 */
export function resolveNotifications(
  file: AccountsFile,
  context: NotificationContext,
): readonly Notifying[] {
  const { index, problems } = context;
  const { notifications } = file;
  const notified = context.instances.filter(({ entry }) => entry.value.notify === true);
  if (notifications === undefined) {
    if (!file.doubts.notifications) requireNotifications(notified, problems);
    return [];
  }
  const home = hubAccount(notifications, index, problems);
  if (home === undefined) return [];
  const rolesOf = groupBy(notified, ({ account }) => account);
  const hub = hubOf(notifications, home, [...rolesOf.keys()]);
  const regions = regionsInUse(notifications, home, index);
  const notifying = index.accounts.flatMap((account): readonly Notifying[] => {
    const roles = rolesOf.get(account) ?? [];
    const source: RoleUseSource | undefined =
      roles.length === 0
        ? undefined
        : {
            partition: account.partition,
            accountId: account.id,
            regions,
            roles: roles.map(({ arn, name }) => ({ arn, name })),
            busArn: busArn(hub),
          };
    const isHome = account === home;
    if (account.stack === undefined || (source === undefined && !isHome)) return [];
    return [
      {
        account,
        stack: account.stack,
        ...(source !== undefined && { source }),
        ...(isHome && { hub }),
        location: notifications.at([], "key"),
      },
    ];
  });
  checkApiDestinations(notifications, home, problems);
  checkNotifications(notifications, {
    ...context,
    notifying,
    hub,
    notified,
    inDoubt: index.inDoubt || isInDoubt(file.doubts),
  });
  return notifying;
}

function requireNotifications(notified: readonly RoleInstance[], problems: ProblemList): void {
  for (const entry of new Set(notified.map((instance) => instance.entry))) {
    problems.error(placeOf(entry, ["notify"]), {
      expected: "notifications, which says where messages go",
      found: "none",
      remedy: 'add "notifications": { "account": …, "email": […] }, or take notify out',
    });
  }
}

function hubAccount(
  notifications: Entry<NotificationsInput>,
  index: AccountIndex,
  problems: ProblemList,
): Account | undefined {
  const place = placeOf(notifications, ["account"]);
  const [home] = selectAccounts(index, notifications.value.account, place, problems);
  if (home === undefined || home.stack !== undefined) return home;
  problems.error(place, {
    expected: "an account that gets a stack, which defines the bus",
    found: `${showValue(home.name)}, ${home.kind}`,
    remedy: "name the account in which messages are to be made",
  });
  return undefined;
}

function hubOf(
  { value }: Entry<NotificationsInput>,
  { partition, id, region }: Account,
  senders: readonly Account[],
): NotificationHub {
  return {
    partition,
    accountId: id,
    region,
    senders: senders.map((account) => account.id).sort(),
    email: [...new Set(value.email ?? [])].sort(),
    apiDestinations: Object.entries(value.apiDestinations ?? {}).map(
      ([name, { url, connection, body }]) => ({
        name,
        url,
        connectionArn: connection,
        body: body ?? DEFAULT_BODY,
      }),
    ),
  };
}

/** An account in a Region that is in use already brings no further one, and changes no other stack. */
function regionsInUse(
  { value }: Entry<NotificationsInput>,
  { partition }: Account,
  { accounts }: AccountIndex,
): readonly string[] {
  const ofAccounts = accounts
    .filter(({ stack }) => stack !== undefined)
    .map(({ region }) => region);
  return [...new Set([...(value.regions ?? ofAccounts), globalRegion(partition)])].sort();
}
