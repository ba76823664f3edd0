import { aggregatorTerms, logTerms } from "../../logging/log-terms";
import { aggregatorKey, logBucketArn } from "../../logging/logs";
import { busTerms } from "../../notifications/notification-terms";
import { busArn, NOTIFICATION_NAMES } from "../../notifications/notifications";
import { sharedArn } from "../../sharing/shared-arn";
import { sharedTerms, sharedTrusts } from "../../sharing/shared-terms";
import type { SharedType } from "../../sharing/shared-resource";
import { formatPath } from "../../source/source-document";
import type { Location } from "../../source/problem";
import type { Trust } from "../../trust/trust";
import { sealTerms } from "../../trust/seal-terms";
import { trustKey, trustTerms } from "../../trust/trust-terms";
import { accountParts, accountUses, accountUsesArn } from "../account-uses";
import type { Account, Logging, Model, Notifying, Role, Sharing } from "../model";

/** What a stack's outputs and the lock have terms of; `account`: the account's own half of what it uses. */
export type TrustingKind =
  "role" | SharedType | "log bucket" | "aggregator" | "notification bus" | "account";

/** A thing of one account whose policy names others. */
export interface Trusting {
  /** How outputs and the lock know it. */
  readonly arn: string;
  /** `account/name`; of what is no role, with its kind. */
  readonly label: string;
  readonly kind: TrustingKind;
  readonly account: Account;
  readonly stack: string;
  /** Each principal, account and so on that its policy names, once per trust. */
  readonly trusts: readonly Trust[];
  /** Whom it names, to a digest of how; made when it is asked for. */
  terms(): Readonly<Record<string, string>>;
  readonly location: Location;
  /** Of its entry in the accounts file. */
  readonly path: string;
}

/**
 * Everything that trusts: roles, shared resources, log buckets and the aggregator, the bus of notifications,
 * and uses of them.
 */
export function trustings(model: Model): readonly Trusting[] {
  return [
    ...model.roles.map(trustingRole),
    ...model.sharing.map(trustingResource),
    ...model.logging.flatMap(trustingLogs),
    ...model.notifying.flatMap(trustingBus),
    ...usingAccounts(model),
  ];
}

function trustingRole(role: Role): Trusting {
  const { arn, account, stack, trusts, location } = role;
  return {
    arn,
    label: `${account.name}/${role.name}`,
    kind: "role",
    account,
    stack,
    trusts,
    terms: once(() => ({ ...trustTerms(trusts), ...sealTerms(role.revokeSessionsBefore) })),
    location,
    path: formatPath(role.key === undefined ? ["accounts", account.name] : ["roles", role.key]),
  };
}

function trustingResource({ key, account, stack, resource, location }: Sharing): Trusting {
  const where = resource.region === account.region ? "" : ` in ${resource.region}`;
  const trusts = new Map(sharedTrusts(resource).map((trust) => [trustKey(trust), trust]));
  return {
    arn: sharedArn(resource),
    label: `${account.name}/${resource.type} ${resource.name}${where}`,
    kind: resource.type,
    account,
    stack,
    trusts: [...trusts.values()],
    terms: once(() => sharedTerms(resource)),
    location,
    path: formatPath(["sharing", key]),
  };
}

function trustingLogs(logging: Logging): readonly Trusting[] {
  const { account, stack, location, buckets, aggregator } = logging;
  const common = { account, stack, trusts: [], location, path: formatPath(["logs"]) };
  return [
    ...buckets.map((bucket): Trusting => ({
      ...common,
      arn: logBucketArn(bucket),
      label: `${account.name}/log bucket ${bucket.bucket}`,
      kind: "log bucket",
      terms: once(() => logTerms(bucket)),
    })),
    ...(aggregator === undefined
      ? []
      : [
          {
            ...common,
            arn: aggregatorKey(aggregator),
            label: `${account.name}/aggregator ${aggregator.name}`,
            kind: "aggregator",
            terms: once(() => aggregatorTerms(aggregator)),
          } as const,
        ]),
  ];
}

function trustingBus({ account, stack, hub, location }: Notifying): readonly Trusting[] {
  if (hub === undefined) return [];
  return [
    {
      arn: busArn(hub),
      label: `${account.name}/notification bus ${NOTIFICATION_NAMES.bus}`,
      kind: "notification bus",
      account,
      stack,
      trusts: [],
      terms: once(() => busTerms(hub)),
      location,
      path: formatPath(["notifications"]),
    },
  ];
}

function usingAccounts(model: Model): readonly Trusting[] {
  const partsOf = accountParts(model);
  return model.accounts.flatMap((account): readonly Trusting[] => {
    const { stack, name, location } = account;
    if (stack === undefined) return [];
    return [
      {
        arn: accountUsesArn(account),
        label: name,
        kind: "account",
        account,
        stack,
        trusts: [],
        terms: once(() => accountUses(partsOf(stack))),
        location,
        path: formatPath(["accounts", name]),
      },
    ];
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
