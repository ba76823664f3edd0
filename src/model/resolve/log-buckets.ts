import type { LogBucket, LogSources } from "../../logging/logs";
import type { Entry } from "../file/entry";
import type { LogsInput } from "../file/schema/logs";
import type { Account, Settings } from "../model";
import type { LogAccounts } from "./log-accounts";

/** Name of every trail where the file names none. */
const DEFAULT_TRAIL = "crosstrust";

/** The name of every trail. */
export function trailName({ value }: Entry<LogsInput>): string {
  return value.cloudtrail?.trailName ?? DEFAULT_TRAIL;
}

/** The buckets of the logs account; one that nobody would write to is left out. */
export function logBuckets(
  logs: Entry<LogsInput>,
  accounts: LogAccounts,
  settings: Settings,
): readonly LogBucket[] {
  const { cloudtrail, config } = logs.value;
  const recorded = accounts.config.filter((account) => !accounts.existing.has(account));
  return [
    ...bucketOf("cloudtrail", cloudtrail, trailSources(logs, accounts, settings)),
    ...bucketOf("config", config, sourcesOf(recorded, settings)),
  ];

  function bucketOf(
    service: LogBucket["service"],
    input: BucketInput | undefined,
    sources: LogSources | undefined,
  ): readonly LogBucket[] {
    if (input?.bucket === undefined || sources === undefined) return [];
    const { home } = accounts;
    const { bucket, expireAfterDays, archiveAfterDays, objectLock } = input;
    return [
      {
        service,
        partition: home.partition,
        accountId: home.id,
        region: home.region,
        bucket,
        sources,
        ...(logs.value.key !== undefined && { key: { alias: logs.value.key.alias } }),
        ...(expireAfterDays !== undefined && { expireAfterDays }),
        ...(archiveAfterDays !== undefined && { archiveAfterDays }),
        ...(objectLock !== undefined && { objectLock }),
        protect: settings.protect,
      },
    ];
  }
}

type BucketInput = Pick<
  NonNullable<LogsInput["cloudtrail" | "config"]>,
  "bucket" | "expireAfterDays" | "archiveAfterDays" | "objectLock"
>;

function trailSources(
  logs: Entry<LogsInput>,
  { trails, organizationTrail }: LogAccounts,
  settings: Settings,
): LogSources | undefined {
  if (organizationTrail === undefined) return sourcesOf(trails, settings);
  const { account, organizationId } = organizationTrail;
  const { partition, region, id } = account;
  return {
    kind: "organization-trail",
    organizationId,
    accountId: id,
    trailArn: `arn:${partition}:cloudtrail:${region}:${id}:trail/${trailName(logs)}`,
  };
}

/** By organization where all are in ours: a new account then changes no policy. */
function sourcesOf(
  accounts: readonly Account[],
  { organizationId }: Settings,
): LogSources | undefined {
  if (accounts.length === 0) return undefined;
  return organizationId !== undefined &&
    accounts.every((account) => account.organizationId === organizationId)
    ? { kind: "organization", organizationId }
    : { kind: "accounts", accountIds: accounts.map(({ id }) => id).sort() };
}
