import { roleArn, tryParseIamArn } from "../../iam/arn";
import { accountNames } from "./account-names";
import { quote, showValue } from "../../source/show-value";
import type { AccountsFile } from "../file/accounts-file";
import type { Entry } from "../file/entry";
import type { Account, Bootstrap } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { checkPolicyAccounts, resolveManagedPolicies } from "./resolve-managed-policies";
import type { RoleIndex } from "./role-instance";
import type { SettingsInput } from "../file/schema/settings";
import { selectAccounts, type AccountIndex } from "./selector";

const DEFAULT_EXECUTION_ROLE = "crosstrust-execution";

/** The name of the execution roles; undefined without a bootstrap. */
export function executionRoleName(settings: SettingsInput): string | undefined {
  return settings.bootstrap && (settings.bootstrap.executionRole ?? DEFAULT_EXECUTION_ROLE);
}

/** `settings.bootstrap`; undefined when there is none, or when its deployer cannot be found. */
export function resolveBootstrap(
  file: AccountsFile,
  accounts: AccountIndex,
  roles: RoleIndex,
  problems: ProblemList,
): Bootstrap | undefined {
  const { settings, doubts } = file;
  const input = settings.value.bootstrap;
  const roleName = executionRoleName(settings.value);
  if (input === undefined || roleName === undefined) return undefined;
  const hub = hubAccount(settings, input.deployer.account, accounts, problems);
  if (hub === undefined) return undefined;
  const deployer = roles.tryFind(input.deployer.role, hub);
  if (deployer === undefined) {
    if (doubts.includes || doubts.roles.has(input.deployer.role)) return undefined;
    reportUnknownDeployer(settings, input.deployer.role, hub, roles, problems);
    return undefined;
  }
  (input.firstDeployers ?? []).forEach((arn, position) => {
    if (tryParseIamArn(arn)?.accountId === hub.id || doubts.accountIds.has(hub.name)) return;
    problems.error(placeOf(settings, ["bootstrap", "firstDeployers", position]), {
      expected: `the ARN of a role or user of the hub account ${hub.name} (${hub.id}): execution roles trust no other account`,
      found: showValue(arn),
      remedy: "name a principal of the hub, or take it out",
    });
  });
  const executionPolicyArns = resolveManagedPolicies(
    settings.leftOut.has("partition") ? undefined : hub.partition,
    input.executionPolicies ?? ["AdministratorAccess"],
    (position) => placeOf(settings, ["bootstrap", "executionPolicies", position]),
    problems,
  );
  checkPolicyAccounts(
    executionPolicyArns,
    accounts.accounts.filter(
      ({ bootstrapStack, name }) => bootstrapStack !== undefined && !doubts.accountIds.has(name),
    ),
    placeOf(settings, ["bootstrap", "executionPolicies"]),
    problems,
  );
  const hasWayIn =
    hub.bootstrapStack === undefined ||
    input.guard === false ||
    hasAccessRole(hub, file) ||
    (input.firstDeployers ?? []).length > 0;
  if (!hasWayIn) {
    problems.error(placeOf(settings, ["bootstrap"]), {
      expected: `firstDeployers: the hub ${hub.name} is the management account, which has no access role`,
      found: "none: nobody could make the first deploy through its execution role",
      remedy: `name the administrator's role or user, or take "bootstrap": true out of accounts.${hub.name}`,
    });
  }
  return {
    hub,
    ...(hasAccessRole(hub, file) && {
      hubAccessRoleArn: roleArn(hub.partition, hub.id, "/", hub.accessRole),
    }),
    deployerArn: deployer.arn,
    executionRoleName: roleName,
    executionPolicyArns,
    firstDeployers: input.firstDeployers ?? [],
    guard: input.guard ?? true,
    protect: settings.value.protect ?? true,
  };
}

function hasAccessRole({ kind, name }: Account, { accounts }: AccountsFile): boolean {
  if (kind !== "management") return true;
  return accounts.some((entry) => entry.name === name && entry.value.accessRole !== undefined);
}

function hubAccount(
  settings: Entry<SettingsInput>,
  name: string,
  accounts: AccountIndex,
  problems: ProblemList,
): Account | undefined {
  const place = placeOf(settings, ["bootstrap", "deployer", "account"]);
  const [hub, ...others] = selectAccounts(accounts, name, place, problems);
  if (hub === undefined) return undefined;
  if (others.length > 0 || hub.name !== name || hub.stack === undefined) {
    problems.error(place, {
      expected: "the name of one account that gets a stack",
      found: others.length > 0 ? showValue(name) : `${showValue(name)}, ${hub.kind}`,
      remedy: "name the hub account, in which the deployer role is to stand",
    });
    return undefined;
  }
  return hub;
}

function reportUnknownDeployer(
  settings: Entry<SettingsInput>,
  key: string,
  hub: Account,
  roles: RoleIndex,
  problems: ProblemList,
): void {
  const closest = roles.closestKey(key);
  problems.error(placeOf(settings, ["bootstrap", "deployer", "role"]), {
    expected: `a key of roles that exists in account ${hub.name}`,
    found: roles.has(key)
      ? `${showValue(key)}, which exists in ${accountNames(roles.accountsOf(key))}`
      : showValue(key),
    remedy:
      roles.has(key) || closest === undefined
        ? `add the role with "accounts": [${quote(hub.name)}]`
        : `write ${quote(closest)} if that is meant`,
  });
}
