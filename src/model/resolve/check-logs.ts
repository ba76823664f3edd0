import { logCapacities } from "../../logging/log-capacity";
import type { LogBucket } from "../../logging/logs";
import { showValue } from "../../source/show-value";
import type { Entry } from "../file/entry";
import type { LogsInput } from "../file/schema/logs";
import type { Settings } from "../model";
import type { LogAccounts } from "./log-accounts";
import { accountNames } from "./account-names";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";

/** Below so many more accounts, `check` says how many still fit. */
const TIGHT = 20;

const SERVICES = ["cloudtrail", "config"] as const;

/** What contradicts itself in `logs`, and what AWS would refuse for its size. */
export function checkLogs(
  logs: Entry<LogsInput>,
  accounts: LogAccounts | undefined,
  buckets: readonly LogBucket[],
  settings: Settings,
  problems: ProblemList,
): void {
  const { cloudtrail, config } = logs.value;
  const isLeftOut = SERVICES.some((service) => logs.leftOut.has(service));
  if (cloudtrail === undefined && config === undefined && !isLeftOut) {
    problems.error(placeOf(logs, [], "key"), {
      expected: "cloudtrail, config, or both",
      found: "neither",
      remedy: 'add "cloudtrail": { "bucket": … }, or take logs out',
    });
  }
  for (const service of SERVICES) {
    checkBucketName(logs, service, settings, problems);
    checkRetention(logs, service, problems);
  }
  if (accounts !== undefined && !accounts.inDoubt) {
    checkWriters(logs, buckets, accounts, problems);
    checkCapacity(logs, buckets, settings, problems);
  }
}

/** Each bucket has one policy, one retention and one service that writes to it. */
function checkBucketName(
  logs: Entry<LogsInput>,
  service: (typeof SERVICES)[number],
  { backend }: Settings,
  problems: ProblemList,
): void {
  const bucket = logs.value[service]?.bucket;
  if (bucket === undefined) return;
  const isOfTrails = service === "config" && bucket === logs.value.cloudtrail?.bucket;
  const isOfStates = backend.type === "s3" && bucket === backend.bucket;
  if (!isOfTrails && !isOfStates) return;
  problems.error(placeOf(logs, [service, "bucket"]), {
    expected: "a bucket of its own",
    found: `${showValue(bucket)}, the bucket of ${isOfTrails ? "logs.cloudtrail" : "settings.backend"}`,
    remedy: "name another bucket",
  });
}

function checkRetention(
  logs: Entry<LogsInput>,
  service: (typeof SERVICES)[number],
  problems: ProblemList,
): void {
  const { expireAfterDays, archiveAfterDays, objectLock } = logs.value[service] ?? {};
  const expire = expireAfterDays ?? Infinity;
  if (archiveAfterDays !== undefined && archiveAfterDays >= expire) {
    problems.error(placeOf(logs, [service, "archiveAfterDays"]), {
      expected: `fewer days than expireAfterDays (${expire})`,
      found: `${archiveAfterDays}`,
      remedy: "archive earlier, or take the line out",
    });
  }
  if (objectLock === undefined) return;
  if (objectLock.days > expire) {
    problems.error(placeOf(logs, [service, "objectLock", "days"]), {
      expected: `at most expireAfterDays (${expire}): nothing expires while it is locked`,
      found: `${objectLock.days}`,
      remedy: "lock for fewer days, or let objects expire later",
    });
  }
  if (objectLock.mode === "compliance") {
    problems.warning(placeOf(logs, [service, "objectLock", "mode"]), {
      expected: "that nobody needs to delete an object, or the bucket, before its days are over",
      found: `"compliance" for ${objectLock.days} days: not even the account's root user or AWS can`,
      remedy: 'keep it if that is meant, or write "governance" while you try it out',
    });
  }
}

/**
 * A bucket without anyone who writes to it has no policy. Config's may be left out where every account
 * has a recorder of others.
 */
function checkWriters(
  logs: Entry<LogsInput>,
  buckets: readonly LogBucket[],
  { config, existing, isTrailMissing }: LogAccounts,
  problems: ProblemList,
): void {
  const recorded = config.filter((account) => !existing.has(account));
  if (recorded.length > 0 && logs.value.config?.bucket === undefined) {
    problems.error(placeOf(logs, ["config"], "key"), {
      expected: "a bucket: recorders of ours write to it",
      found: `none, and no recorder in ${accountNames(recorded)}`,
      remedy: 'add "bucket": …, or name the accounts in existing',
    });
  }
  for (const service of SERVICES) {
    if (service === "cloudtrail" && isTrailMissing) continue;
    if (logs.value[service]?.bucket === undefined) continue;
    if (buckets.some((bucket) => bucket.service === service)) continue;
    problems.error(placeOf(logs, [service], "key"), {
      expected: "at least one account that writes to the bucket",
      found:
        service === "config"
          ? "none: except and existing take all away"
          : "none: except takes all away",
      remedy: `take ${service === "config" ? "its bucket" : service} out, or correct the selectors`,
    });
  }
}

function checkCapacity(
  logs: Entry<LogsInput>,
  buckets: readonly LogBucket[],
  { organizationId }: Settings,
  problems: ProblemList,
): void {
  const remedy =
    organizationId === undefined
      ? "write settings.organizationId: the policy then names the organization alone, whatever its accounts"
      : `leave out with except the accounts that are not in ${organizationId}: the policy then names the organization alone`;
  for (const { policy, quota, accounts, fit } of logCapacities(buckets)) {
    const place = placeOf(logs, [], "key");
    if (accounts > fit) {
      problems.error(place, {
        expected: `at most ${fit} accounts: more do not fit ${policy} (${quota} bytes)`,
        found: `${accounts}`,
        remedy,
      });
    } else if (fit - accounts < TIGHT) {
      problems.warning(place, {
        expected: `room for more accounts in ${policy} (${quota} bytes)`,
        found: `${accounts}; ${fit - accounts} more accounts fit`,
        remedy,
      });
    }
  }
}
