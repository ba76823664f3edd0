import { tryParseIamArn } from "../iam/arn";
import { groupBy } from "../model/group-by";
import type { Group, Model, OnlyPath } from "../model/model";
import { namesAccounts } from "../only-path/outside-policy";
import { displayName } from "../review/display-name";
import type { NotJudged, OnlyPathReport, OtherWay } from "../review/only-path/other-way";
import { count, indent, type Terminal } from "./terminal";

/** What no stack shows of any account. */
const NEVER_SHOWN =
  "users, passwords and access keys that are made by hand, what Identity Center assigns elsewhere, what stack sets of other accounts make, the root user";

/** Of each account with `onlyPath` its other ways in, and at the end what is not judged. */
export function printOnlyPaths(terminal: Terminal, model: Model, report: OnlyPathReport): void {
  if (model.onlyPaths.length === 0) return;
  const names = new Map(model.accounts.map(({ id, name }) => [id, name]));
  const ways = groupBy(report.otherWays, ({ accountId }) => accountId);
  for (const path of model.onlyPaths) {
    printAccount(terminal, path, ways.get(path.account.id) ?? [], model, names);
  }
  terminal.print(`not judged, since no stack shows it: ${NEVER_SHOWN}`);
  for (const [because, roles] of groupBy(report.notJudged, (each) => each.because)) {
    const shown = roles.map(({ roleArn }) => displayName(roleArn, names)).join(", ");
    terminal.print(
      `not judged: whom ${shown} ${roles.length === 1 ? "trusts" : "trust"} (${because})`,
    );
  }
}

function printAccount(
  terminal: Terminal,
  { account, guarded }: OnlyPath,
  ways: readonly OtherWay[],
  model: Model,
  names: ReadonlyMap<string, string>,
): void {
  const { name } = account;
  const glass = breakGlassRoles(model, account.id);
  const emergencies =
    glass.length === 0
      ? "no role for emergencies that anybody can take"
      : `for emergencies: ${glass.join(", ")}`;
  if (ways.length === 0) {
    terminal.print(`${name}: the trusts of accounts.json are its only way in; ${emergencies}`);
  } else {
    const other = ways.length === 1 ? "another way in" : `${count(ways.length, "other way")} in`;
    terminal.print(
      `${terminal.colors.red("error")}: ${name}: ${other}, beside accounts.json; ${emergencies}`,
    );
  }
  for (const { who, roleArn, says, remedy, origin } of ways) {
    const into = roleArn === undefined ? "" : ` into ${displayName(roleArn, names)}`;
    terminal.print(
      indent(`${whoOf(who, names)}${into}: ${says} (${origin.stack}: ${origin.address})`),
    );
    terminal.print(indent(indent(`do: ${remedy}`)));
  }
  if (namesAccounts(guarded)) {
    terminal.print(
      `${name}: the principals that it trusts do not fit its policy: that names their accounts`,
    );
  }
}

/** The roles for emergencies that somebody can take: of a group without users nobody can. */
function breakGlassRoles({ roles, groups }: Model, accountId: string): readonly string[] {
  const empty = new Set(groups.filter(({ users }) => users.length === 0).map(groupKey));
  return roles
    .filter(({ breakGlass, account }) => breakGlass === true && account.id === accountId)
    .filter(({ trusts }) =>
      trusts.some(
        (trust) => trust.kind !== "group" || !empty.has(`${trust.accountId} ${trust.groupName}`),
      ),
    )
    .map(({ name }) => name);
}

function groupKey({ account, name }: Group): string {
  return `${account.id} ${name}`;
}

function whoOf(who: string, names: ReadonlyMap<string, string>): string {
  if (who === "*") return "anybody";
  return tryParseIamArn(who) === undefined ? who : displayName(who, names);
}

/** The same as data: what `check --json` has under `onlyPath`. */
export function onlyPathJson(
  model: Model,
  { otherWays, notJudged }: OnlyPathReport,
): {
  readonly accounts: readonly {
    readonly account: string;
    readonly accountId: string;
    readonly breakGlass: readonly string[];
    readonly namesAccounts: boolean;
  }[];
  readonly otherWays: readonly OtherWay[];
  readonly notJudged: readonly NotJudged[];
} {
  return {
    accounts: model.onlyPaths.map(({ account: { name, id }, guarded }) => ({
      account: name,
      accountId: id,
      breakGlass: breakGlassRoles(model, id),
      namesAccounts: namesAccounts(guarded),
    })),
    otherWays,
    notJudged,
  };
}
