import { showValue } from "../../source/show-value";
import type { Entry } from "../file/entry";
import type { LogsInput } from "../file/schema/logs";
import type { Account, Settings } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { selectAccounts, selectAny, type AccountIndex } from "./selector";

/** Which accounts have what part in `logs`. */
export interface LogAccounts {
  /** The logs account. */
  readonly home: Account;
  /** Those with a trail of their own, in file order; none where the organization has one. */
  readonly trails: readonly Account[];
  /** The management account, where it has the organization's trail. */
  readonly organizationTrail?: { readonly account: Account; readonly organizationId: string };
  /** Whether the file wants an organization trail that cannot be had: that is a problem already. */
  readonly isTrailMissing: boolean;
  /** Those with Config, in file order: recorders of ours and others'. */
  readonly config: readonly Account[];
  /** Those of them that have a recorder already. */
  readonly existing: ReadonlySet<Account>;
  /** Whether some selector or account could not be read, so that others may belong here too. */
  readonly inDoubt: boolean;
}

/** The accounts of `logs`; undefined when the logs account cannot be found. */
export function logAccounts(
  logs: Entry<LogsInput>,
  settings: Settings,
  index: AccountIndex,
  problems: ProblemList,
): LogAccounts | undefined {
  const { value } = logs;
  const before = problems.errorCount;
  const home = logsAccount(logs, index, problems);
  const deployed = index.accounts.filter(({ stack }) => stack !== undefined);
  const except = chosenOf(logs, ["except"], value.except, deployed, index, problems);
  const logged = deployed.filter((account) => !except.has(account));
  const existing = chosenOf(
    logs,
    ["config", "existing"],
    value.config?.existing,
    logged,
    index,
    problems,
  );
  const ofOrganization = value.cloudtrail?.organizationTrail === true;
  const organizationTrail = ofOrganization
    ? organizationTrailOf(logs, settings, index, problems)
    : undefined;
  if (home === undefined) return undefined;
  return {
    home,
    trails: value.cloudtrail === undefined || ofOrganization ? [] : logged,
    ...(organizationTrail !== undefined && { organizationTrail }),
    isTrailMissing: ofOrganization && organizationTrail === undefined,
    config: value.config === undefined ? [] : logged,
    existing,
    inDoubt: index.inDoubt || problems.errorCount > before,
  };
}

function logsAccount(
  logs: Entry<LogsInput>,
  index: AccountIndex,
  problems: ProblemList,
): Account | undefined {
  const place = placeOf(logs, ["account"]);
  const [home] = selectAccounts(index, logs.value.account, place, problems);
  if (home === undefined || home.stack !== undefined) return home;
  problems.error(place, {
    expected: "an account that gets a stack, which defines the buckets",
    found: `${showValue(home.name)}, ${home.kind}`,
    remedy: "name the logs account, in which the buckets are to be",
  });
  return undefined;
}

function organizationTrailOf(
  logs: Entry<LogsInput>,
  { organizationId }: Settings,
  index: AccountIndex,
  problems: ProblemList,
): LogAccounts["organizationTrail"] {
  const place = placeOf(logs, ["cloudtrail", "organizationTrail"]);
  const account = index.accounts.find(
    ({ kind, stack }) => kind === "management" && stack !== undefined,
  );
  if (account === undefined && !index.inDoubt) {
    problems.error(place, {
      expected: "the management account in accounts: only it makes a trail of the organization",
      found: "none",
      remedy: 'add it with "management": true, or take this line out',
    });
  }
  if (organizationId === undefined) {
    problems.error(place, {
      expected: "settings.organizationId, under which the trail writes",
      found: "none",
      remedy: "add it, or take this line out",
    });
  }
  return account === undefined || organizationId === undefined
    ? undefined
    : { account, organizationId };
}

/** What selectors choose of some accounts; those that choose none of them are a warning. */
function chosenOf(
  logs: Entry<LogsInput>,
  path: readonly string[],
  selectors: readonly string[] | undefined,
  among: readonly Account[],
  index: AccountIndex,
  problems: ProblemList,
): ReadonlySet<Account> {
  const before = problems.errorCount;
  const written = (selectors ?? []).map((text, position) => ({
    text,
    place: placeOf(logs, [...path, position]),
  }));
  const chosen = new Set(selectAny(index, written, problems));
  const isJudged = problems.errorCount === before && !index.inDoubt;
  if (written.length > 0 && isJudged && !among.some((account) => chosen.has(account))) {
    problems.warning(placeOf(logs, path), {
      expected: "accounts whose logs are kept",
      found: "none of them",
      remedy: `take ${path.at(-1)} out, or correct its selectors`,
    });
  }
  return chosen;
}
