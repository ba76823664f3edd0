import { roleArn } from "../../iam/arn";
import type { Entry } from "../file/entry";
import { showValue } from "../../source/show-value";
import type { Account } from "../model";
import { exceptedAccounts } from "./excepted-accounts";
import { placeOf } from "./place";
import type { Place, ProblemList } from "./problem-list";
import type { RoleInstance } from "./role-instance";
import type { RoleInput } from "../file/schema/roles";
import { selectAny, type AccountIndex } from "./selector";

/** Role entries in their accounts. */
export interface RoleInstances {
  /** Each role entry in each of its accounts, in file order. */
  readonly instances: readonly RoleInstance[];
  /** Keys of entries whose accounts could not all be found. */
  readonly incomplete: ReadonlySet<string>;
}

/** Finds the accounts in which roles exist. */
export function resolveRoleInstances(
  entries: readonly Entry<RoleInput>[],
  index: AccountIndex,
  executionRoleName: string | undefined,
  problems: ProblemList,
): RoleInstances {
  const incomplete = new Set<string>();
  const instances = entries.flatMap((entry) => {
    const before = problems.errorCount;
    const found = instancesOf(entry, index, problems);
    if (problems.errorCount > before) incomplete.add(entry.name);
    return found;
  });
  const certain = instances.filter(({ entry }) => entry.leftOut.size === 0);
  reportSharedNames(certain, executionRoleName, problems);
  return { instances, incomplete };
}

function instancesOf(
  entry: Entry<RoleInput>,
  index: AccountIndex,
  problems: ProblemList,
): readonly RoleInstance[] {
  const name = entry.value.name ?? entry.name;
  const path = entry.value.path ?? "/";
  return accountsOf(entry, index, problems).flatMap((account) => {
    const place = placeOf(entry, ["accounts"]);
    const isForeign = account.kind === "external";
    if (isForeign && entry.value.existing !== true) {
      problems.error(place, {
        expected: "accounts that are ours",
        found: `${showValue(account.name)}, an external account: it is only trusted`,
        remedy:
          'take it out, or out of the selector with except; a role of theirs that trusts us wants "existing": true',
      });
      return [];
    }
    if (!isForeign && account.stack === undefined) {
      problems.warning(place, {
        expected: "accounts with an id",
        found: `${showValue(account.name)}, a planned account: the role is not defined there yet`,
        remedy: "give the account its id once it exists",
      });
      return [];
    }
    return [
      {
        entry,
        account,
        ...(account.stack !== undefined && { stack: account.stack }),
        name,
        path,
        arn: roleArn(account.partition, account.id, path, name),
      },
    ];
  });
}

function accountsOf(
  entry: Entry<RoleInput>,
  index: AccountIndex,
  problems: ProblemList,
): readonly Account[] {
  const selectors = entry.value.accounts.map((text, position) => ({
    text,
    place: placeOf(entry, ["accounts", position]),
  }));
  const chosen = selectAny(index, selectors, problems);
  const excepted = exceptedAccounts(entry, chosen, "accounts", index, problems);
  const left = chosen.filter((account) => !excepted.has(account));
  if (left.length === 0 && chosen.length > 0) {
    problems.error(placeOf(entry, ["except"]), {
      expected: "at least one account left",
      found: "none: all are taken away",
      remedy: "take the role out, or correct the selectors",
    });
  }
  return left;
}

/** IAM role names are unique in an account, upper and lower case alike. */
function reportSharedNames(
  instances: readonly RoleInstance[],
  executionRoleName: string | undefined,
  problems: ProblemList,
): void {
  const seen = new Map<string, RoleInstance>();
  const reported = new Set<string>();
  for (const instance of instances) {
    const { entry, account, name } = instance;
    const place = placeOf(entry, entry.value.name === undefined ? [] : ["name"], nameAt(entry));
    if (
      account.bootstrapStack !== undefined &&
      name.toLowerCase() === executionRoleName?.toLowerCase()
    ) {
      reportOnce(`${entry.name} execution`, place, {
        expected: "a role name of its own",
        found: `${showValue(name)}, the execution role of account ${account.name}`,
        remedy: "rename the role, or settings.bootstrap.executionRole",
      });
    }
    if (
      name.toLowerCase() === account.accessRole.toLowerCase() &&
      account.kind === "member" &&
      entry.value.existing !== true &&
      entry.value.import !== true
    ) {
      reportOnce(`${entry.name} access`, place, {
        expected: "a role name of its own",
        found: `${showValue(name)}, by which an administrator gets into account ${account.name}`,
        remedy: 'rename the role, or write "existing": true to leave it as it is',
      });
    }
    const id = `${account.name} ${name.toLowerCase()}`;
    const other = seen.get(id);
    if (other === undefined) {
      seen.set(id, instance);
      continue;
    }
    reportOnce(`${entry.name} ${other.entry.name}`, place, {
      expected: `one role named ${showValue(name)} in account ${account.name}`,
      found: `a second one: roles.${other.entry.name} defines ${showValue(other.name)} there (IAM does not tell upper from lower case)`,
      remedy: "give one of them another name, or other accounts",
    });
  }

  function reportOnce(key: string, place: Place, text: Parameters<ProblemList["error"]>[1]): void {
    if (reported.has(key)) return;
    reported.add(key);
    problems.error(place, text);
  }
}

function nameAt(entry: Entry<RoleInput>): "key" | "value" {
  return entry.value.name === undefined ? "key" : "value";
}
