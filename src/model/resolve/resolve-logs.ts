import type { AccountLogging, ConfigRecording, Trail } from "../../logging/logs";
import type { AccountsFile } from "../file/accounts-file";
import type { Entry } from "../file/entry";
import type { LogsInput } from "../file/schema/logs";
import type { Account, Logging, Settings } from "../model";
import { checkLogs } from "./check-logs";
import { logAccounts, type LogAccounts } from "./log-accounts";
import { logBuckets, trailName } from "./log-buckets";
import type { ProblemList } from "./problem-list";
import type { AccountIndex } from "./selector";

/** The aggregator's name: one per logs account. */
const AGGREGATOR = "crosstrust";

/**
 * `logs`: what each account's stack defines of it, in file order; accounts that have no part in it are
 * left out. Nothing without `logs`, or when its account cannot be found.
 */
export function resolveLogs(
  { logs }: AccountsFile,
  settings: Settings,
  index: AccountIndex,
  problems: ProblemList,
): readonly Logging[] {
  if (logs === undefined) return [];
  const accounts = logAccounts(logs, settings, index, problems);
  const buckets = accounts === undefined ? [] : logBuckets(logs, accounts, settings);
  checkLogs(logs, accounts, buckets, settings, problems);
  if (accounts === undefined) return [];
  return index.accounts.flatMap((account): readonly Logging[] => {
    if (account.stack === undefined) return [];
    const isHome = account === accounts.home;
    const part: AccountLogging = {
      buckets: isHome ? buckets : [],
      ...(isHome && aggregatorPart(logs, accounts)),
      ...trailPart(logs, account, accounts),
      config: recordingsOf(logs, account, accounts),
      configServiceLinkedRole: account.existingServiceLinkedRoles.includes("config")
        ? "existing"
        : "defined",
    };
    const { buckets: own, aggregator, trail, config } = part;
    if (own.length + config.length === 0 && aggregator === undefined && trail === undefined) {
      return [];
    }
    return [{ account, stack: account.stack, location: logs.at([], "key"), ...part }];
  });
}

function trailPart(
  logs: Entry<LogsInput>,
  account: Account,
  { trails, organizationTrail }: LogAccounts,
): { readonly trail?: Trail } {
  const { cloudtrail } = logs.value;
  if (cloudtrail === undefined) return {};
  const trail = { name: trailName(logs), bucket: cloudtrail.bucket };
  if (account === organizationTrail?.account) return { trail: { ...trail, kind: "organization" } };
  return trails.includes(account) ? { trail: { ...trail, kind: "account" } } : {};
}

/** Each account's own Region unless `regions` lists others: a new account then changes no other. */
function regionsOf(logs: Entry<LogsInput>, account: Account): readonly string[] {
  return [...new Set(logs.value.regions ?? [account.region])].sort();
}

function recordingsOf(
  logs: Entry<LogsInput>,
  account: Account,
  { home, config, existing }: LogAccounts,
): readonly ConfigRecording[] {
  const input = logs.value.config;
  if (input === undefined || !config.includes(account)) return [];
  const isExisting = existing.has(account);
  if (isExisting && input.aggregator !== true) return [];
  const regions = regionsOf(logs, account);
  const globalRegion = regions.includes(account.region) ? account.region : regions[0];
  return regions.flatMap((region): readonly ConfigRecording[] => {
    const recorded = {
      region,
      ...(input.aggregator === true && {
        aggregator: { accountId: home.id, region: home.region },
      }),
    };
    if (isExisting) return [{ ...recorded, recorder: "existing" }];
    if (input.bucket === undefined) return [];
    const includeGlobalResources = region === globalRegion;
    return [{ ...recorded, recorder: "defined", bucket: input.bucket, includeGlobalResources }];
  });
}

function aggregatorPart(
  logs: Entry<LogsInput>,
  { home, config }: LogAccounts,
): Pick<AccountLogging, "aggregator"> {
  if (logs.value.config?.aggregator !== true || config.length === 0) return {};
  return {
    aggregator: {
      name: AGGREGATOR,
      partition: home.partition,
      accountId: home.id,
      region: home.region,
      accountIds: config.map(({ id }) => id).sort(),
      regions: [...new Set(config.flatMap((account) => regionsOf(logs, account)))].sort(),
    },
  };
}
