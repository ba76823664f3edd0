import { BUS_POLICY_SIZE, sendersThatFit } from "../../notifications/bus-policy";
import { roleUseRules, RULES_PER_BUS } from "../../notifications/event-patterns";
import { NOTIFICATION_NAMES, type NotificationHub } from "../../notifications/notifications";
import { showValue } from "../../source/show-value";
import type { Entry } from "../file/entry";
import type { NotificationsInput } from "../file/schema/notifications";
import type { Account, Logging, Notifying } from "../model";
import { accountNames } from "./account-names";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { RoleInstance } from "./role-instance";

/** Below so many more accounts, `check` says how many still fit. */
const TIGHT = 20;

/** What `notifications` came to, and what it is checked against. */
export interface CheckedNotifications {
  readonly notifying: readonly Notifying[];
  readonly hub: NotificationHub;
  readonly notified: readonly RoleInstance[];
  readonly instances: readonly RoleInstance[];
  readonly logging: readonly Logging[];
  /** Whether something could not be read: further roles may be notified. */
  readonly inDoubt: boolean;
  readonly problems: ProblemList;
}

/** What is missing for a use to be told, what contradicts itself, and what AWS would refuse for its size. */
export function checkNotifications(
  notifications: Entry<NotificationsInput>,
  checked: CheckedNotifications,
): void {
  checkEnds(notifications, checked);
  checkTrails(notifications, checked);
  checkRoleNames(checked);
  checkOnlyServices(checked);
  checkSizes(notifications, checked);
}

/** Without roles, or without anybody who is told, all of it is for nothing. */
function checkEnds(
  notifications: Entry<NotificationsInput>,
  { notified, hub, inDoubt, problems }: CheckedNotifications,
): void {
  const place = placeOf(notifications, [], "key");
  if (notified.length === 0 && !inDoubt) {
    problems.warning(place, {
      expected: 'at least one role with "notify": true',
      found: "none: nothing is told",
      remedy: 'write "notify": true in a role, or take notifications out',
    });
  }
  const isLeftOut = ["email", "apiDestinations"].some((key) => notifications.leftOut.has(key));
  if (hub.email.length + hub.apiDestinations.length === 0 && !isLeftOut) {
    problems.warning(place, {
      expected: "email, apiDestinations, or both",
      found: "neither: messages reach the bus and nobody else",
      remedy: 'add "email": […], or attach rules to the bus in extensions.ts',
    });
  }
}

/** EventBridge gets what CloudTrail records only in an account that has a trail. */
function checkTrails(
  notifications: Entry<NotificationsInput>,
  { notifying, logging, problems }: CheckedNotifications,
): void {
  if (notifications.value.trails === "existing" || notifications.leftOut.has("trails")) return;
  const ofOrganization = logging.find(({ trail }) => trail?.kind === "organization")?.account;
  const withTrail = new Set(
    logging.filter(({ trail }) => trail !== undefined).map(({ account }) => account),
  );
  const isLogged = (account: Account): boolean =>
    withTrail.has(account) ||
    (ofOrganization?.organizationId !== undefined &&
      ofOrganization.organizationId === account.organizationId);
  const without = notifying
    .filter(({ source, account }) => source !== undefined && !isLogged(account))
    .map(({ account }) => account);
  if (without.length === 0) return;
  problems.error(placeOf(notifications, [], "key"), {
    expected:
      "a trail in each account with notified roles: EventBridge gets no event of CloudTrail without one",
    found: `none in ${accountNames(without)}`,
    remedy:
      'add logs.cloudtrail, or write "trails": "existing" where somebody else\'s trail is there',
  });
}

/** The roles that are made unasked have names of their own. */
function checkRoleNames({ notifying, instances, problems }: CheckedNotifications): void {
  for (const { account, source, hub } of notifying) {
    const { notifier, deliverer, forwarder, reader } = NOTIFICATION_NAMES;
    const taken = new Set([
      ...(hub === undefined ? [] : [notifier, deliverer]),
      ...(source === undefined ? [] : [forwarder, reader]),
    ]);
    for (const instance of instances) {
      if (instance.account !== account) continue;
      if (![...taken].some((name) => name === instance.name.toLowerCase())) continue;
      problems.error(placeOf(instance.entry, [], "key"), {
        expected: "a role name of its own",
        found: `${showValue(instance.name)}, which notifications defines in account ${account.name}`,
        remedy: "rename the role",
      });
    }
  }
}

function checkOnlyServices({ notified, problems }: CheckedNotifications): void {
  for (const entry of new Set(notified.map((instance) => instance.entry))) {
    const trusts = entry.value.trusts ?? [];
    if (entry.leftOut.has("trusts") || entry.value.existing === true) continue;
    if (trusts.length === 0 || trusts.some((trust) => !("service" in trust))) continue;
    problems.warning(placeOf(entry, ["notify"]), {
      expected: "a trust in somebody besides AWS services",
      found: "services alone, whose uses are not told",
      remedy: "take notify out",
    });
  }
}

function checkSizes(
  notifications: Entry<NotificationsInput>,
  { notifying, hub, inDoubt, problems }: CheckedNotifications,
): void {
  if (inDoubt) return;
  const place = placeOf(notifications, [], "key");
  const senders = hub.senders.filter((accountId) => accountId !== hub.accountId).length;
  const fit = sendersThatFit(hub);
  const remedy = 'write "notify": true for the roles that matter, in fewer accounts';
  if (senders > fit) {
    problems.error(place, {
      expected: `at most ${fit} accounts that send: more do not fit the bus's policy (${BUS_POLICY_SIZE} characters)`,
      found: `${senders}`,
      remedy,
    });
  } else if (fit - senders < TIGHT) {
    problems.warning(place, {
      expected: `room for more accounts in the bus's policy (${BUS_POLICY_SIZE} characters)`,
      found: `${senders}; ${fit - senders} more accounts fit`,
      remedy,
    });
  }
  for (const { account, source } of notifying) {
    const rules = source === undefined ? 0 : roleUseRules(source).length;
    if (rules <= RULES_PER_BUS) continue;
    problems.error(place, {
      expected: `at most ${RULES_PER_BUS} rules in each Region of account ${account.name}`,
      found: `${rules}, for ${source?.roles.length ?? 0} roles`,
      remedy: 'write "notify": true in fewer roles',
    });
  }
}
