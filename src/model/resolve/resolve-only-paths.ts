import { roleArn } from "../../iam/arn";
import { permissionSetRolePatterns } from "../../iam/permission-set-role";
import { policySize } from "../../iam/policy-document";
import { CONTROL_POLICY_SIZE, RESOURCE_CONTROL_POLICIES } from "../../iam/quotas";
import { wholeAccount, type GuardedAccount } from "../../only-path/guarded-account";
import { insidePolicy } from "../../only-path/inside-policy";
import { outsidePolicy } from "../../only-path/outside-policy";
import { isAccountsTrust, type AccountsTrust } from "../../trust/trust";
import type { AccountsFile } from "../file/accounts-file";
import { groupBy } from "../group-by";
import type { Account, OnlyPath, Role, Settings } from "../model";
import { placeOf } from "./place";
import type { Place, ProblemList } from "./problem-list";

/** What is resolved before: the accounts and every role in them. */
export interface OnlyPathContext {
  readonly accounts: readonly Account[];
  readonly roles: readonly Role[];
  readonly settings: Settings;
  readonly problems: ProblemList;
}

/**
 * The accounts with `onlyPath`, and the stack that holds their policies: the management account's, since
 * AWS takes policies of an organization nowhere else.
 */
export function resolveOnlyPaths(
  file: AccountsFile,
  { accounts, roles, settings, problems }: OnlyPathContext,
): readonly OnlyPath[] {
  const guarded = new Map(
    file.accounts
      .filter(({ value }) => value.onlyPath === true)
      .map((entry) => [entry.name, placeOf(entry, ["onlyPath"])] as const),
  );
  if (guarded.size === 0) return [];
  const management = accounts.find(({ kind }) => kind === "management");
  const rolesOf = groupBy(roles, ({ account }) => account);
  const found = accounts.flatMap((account): readonly OnlyPath[] => {
    const place = guarded.get(account.name);
    if (place === undefined || account.kind === "planned") return [];
    if (!isHoldable(account, management, place, problems)) return [];
    const terms = guardedAccount(account, rolesOf.get(account) ?? [], settings);
    checkSizes(terms, place, problems);
    return [{ account, stack: management.stack, guarded: terms }];
  });
  if (found.length > RESOURCE_CONTROL_POLICIES) {
    problems.error([...guarded.values()][0], {
      expected: `at most ${RESOURCE_CONTROL_POLICIES} accounts with onlyPath (resource control policies of an organization)`,
      found: `${found.length}`,
      remedy: "write onlyPath for those that matter",
    });
  }
  return found;
}

function isHoldable(
  account: Account,
  management: Account | undefined,
  place: Place,
  problems: ProblemList,
): management is Account & { readonly stack: string } {
  if (account.kind !== "member") {
    problems.error(place, {
      expected: "onlyPath on a member account: control policies bind no other",
      found: `accounts.${account.name}, ${account.kind === "external" ? "an external account" : "the management account"}`,
      remedy: "take onlyPath out",
    });
    return false;
  }
  if (management?.stack === undefined) {
    problems.error(place, {
      expected:
        "the management account in this file: its stack has the policies that hold onlyPath",
      found: "none with an id",
      remedy: 'add it with "management": true and its id, or take onlyPath out',
    });
    return false;
  }
  if (management.organizationId !== account.organizationId) {
    problems.error(place, {
      expected: `an account of the organization of ${management.name}, whose policies bind it`,
      found: `accounts.${account.name} of ${account.organizationId ?? "no organization"}`,
      remedy: "take onlyPath out, or organization",
    });
    return false;
  }
  return true;
}

/** What the policies of accounts with `onlyPath` say once the roles are others. */
export function onlyPathsWith(
  onlyPaths: readonly OnlyPath[],
  roles: readonly Role[],
  settings: Settings,
): readonly OnlyPath[] {
  const rolesOf = groupBy(roles, ({ account }) => account);
  return onlyPaths.map((one) => ({
    ...one,
    guarded: guardedAccount(one.account, rolesOf.get(one.account) ?? [], settings),
  }));
}

function guardedAccount(
  account: Account,
  roles: readonly Role[],
  { bootstrap }: Settings,
): GuardedAccount {
  const { partition, id: accountId, name } = account;
  const made = (role: string): string => roleArn(partition, accountId, "/", role);
  const execution =
    account.bootstrapStack === undefined || bootstrap === undefined
      ? []
      : [made(bootstrap.executionRoleName)];
  const administrators = [...execution, made(account.accessRole)];
  const others = roles.filter(({ arn }) => !administrators.includes(arn));
  const ours = new Set(roles.filter((role) => role.ownership !== "existing").map(({ arn }) => arn));
  const named =
    execution.length > 0 && bootstrap?.hub === account
      ? [bootstrap.deployerArn, ...bootstrap.firstDeployers]
      : [];
  return {
    partition,
    accountId,
    name,
    administrators,
    deployers: [
      ...named,
      ...(named.length > 0 && bootstrap?.guard === false
        ? [`arn:${partition}:iam::${accountId}:*`]
        : []),
    ],
    existingDeployers: named.filter(
      (arn) => arn.startsWith(made("")) && !ours.has(arn) && !administrators.includes(arn),
    ),
    declared: declaredPrincipals(
      others.flatMap(({ trusts }) => trusts.filter(isAccountsTrust)),
      accountId,
    ),
    tokenRoles: others
      .filter(({ trusts }) => trusts.some(({ kind }) => kind === "oidc"))
      .map(({ arn }) => arn)
      .sort(),
  };
}

/** The principals of other accounts whom trusts mean, whatever their stages; none that another one covers. */
function declaredPrincipals(trusts: readonly AccountsTrust[], ownId: string): readonly string[] {
  const outside = trusts.filter(({ accountId }) => accountId !== ownId);
  const named = new Set(outside.flatMap(patternsOf));
  const whole = new Set([...named].filter((pattern) => pattern.endsWith(":*")));
  return [...named]
    .filter((pattern) => whole.has(pattern) || !whole.has(wholeAccount(pattern)))
    .sort();
}

function patternsOf(trust: AccountsTrust): readonly string[] {
  const { partition, accountId } = trust;
  const all = `arn:${partition}:iam::${accountId}:`;
  switch (trust.kind) {
    case "role":
    case "user":
      return [
        trust.principalArn,
        ...trust.guard,
        // Without a guard the whole account is let in until the principal is confirmed.
        ...(trust.guard.length === 0 ? [`${all}*`] : []),
      ];
    case "group":
      return [`${all}user/*`];
    case "permission-set":
      return permissionSetRolePatterns(trust);
    case "account":
      return [`${all}*`];
  }
}

/** Both policies are as long as they get: they are the same at every stage. */
function checkSizes(guarded: GuardedAccount, place: Place, problems: ProblemList): void {
  const { name, declared, deployers, tokenRoles, existingDeployers } = guarded;
  if (policySize(insidePolicy(guarded)) > CONTROL_POLICY_SIZE) {
    problems.error(place, {
      expected: `deployers that fit a service control policy (${CONTROL_POLICY_SIZE} characters)`,
      found: `${deployers.length} principals that may assume the execution role of ${name}`,
      remedy: "name fewer in settings.bootstrap.firstDeployers, or take onlyPath out",
    });
  }
  if (outsidePolicy(guarded) === undefined) {
    const accounts = new Set(declared.map(wholeAccount)).size;
    problems.error(place, {
      expected: `whom it trusts to fit a resource control policy (${CONTROL_POLICY_SIZE} characters)`,
      found: `principals of ${accounts} accounts that may assume roles of ${name}, ${tokenRoles.length} of its roles that take tokens, ${existingDeployers.length} existing deployers`,
      remedy:
        "trust principals of fewer accounts, take tokens in fewer roles, or take onlyPath out",
    });
  }
}
