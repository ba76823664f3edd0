import { INLINE_POLICIES_SIZE, PERMISSION_SET_MANAGED_POLICIES } from "../../iam/quotas";
import { policySize } from "../../iam/policy-document";
import { closestTo } from "../../source/closest";
import { quote, showValue } from "../../source/show-value";
import type { AccountsFile } from "../file/accounts-file";
import type { Entry } from "../file/entry";
import type { PermissionSetInput } from "../file/schema/permission-sets";
import type { Account, IdentityCenter, PermissionSet, PermissionSetAssignment } from "../model";
import { permissionSetPolicy } from "../permission-set-policy";
import { checkPlaceholders, hasPlaceholder } from "./fill-placeholders";
import type { OtherHalves } from "./other-halves";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { resolveManagedPolicies } from "./resolve-managed-policies";
import { selectAny, type AccountIndex } from "./selector";

/** `settings.identityCenter`; undefined without it, or when its account cannot be found. */
export function resolveIdentityCenter(
  { settings, doubts }: AccountsFile,
  accounts: AccountIndex,
  problems: ProblemList,
): IdentityCenter | undefined {
  const input = settings.value.identityCenter;
  if (input === undefined) return undefined;
  const account =
    input.account === undefined
      ? accounts.accounts.find(({ kind }) => kind === "management")
      : accounts.tryFind(input.account);
  if (account?.stack === undefined) {
    if (input.account === undefined ? accounts.inDoubt : doubts.accounts.has(input.account)) {
      return undefined;
    }
    const closest = input.account === undefined ? undefined : accounts.closestName(input.account);
    problems.error(placeOf(settings, ["identityCenter", ...(input.account ? ["account"] : [])]), {
      expected: "an account of ours that administers Identity Center",
      found: input.account === undefined ? "no management account" : showValue(input.account),
      remedy:
        closest === undefined || closest === input.account
          ? "name the management account, or the delegated administrator, as account"
          : `write ${quote(closest)} if that is meant`,
    });
    return undefined;
  }
  const region = input.region ?? account.region;
  const { instanceArn, identityStoreId } = input;
  return { account, stack: account.stack, region, instanceArn, identityStoreId };
}

/** `permissionSets`: what each may do and who gets it, with its half of the trusts in it. */
export function resolvePermissionSets(
  { permissionSets, settings: { value: input, leftOut } }: AccountsFile,
  identityCenter: IdentityCenter | undefined,
  accounts: AccountIndex,
  halves: OtherHalves,
  problems: ProblemList,
): readonly PermissionSet[] {
  return permissionSets.map((entry): PermissionSet => {
    const { name, value } = entry;
    const isExisting = value.existing === true;
    if (isExisting) reportIdleKeys(entry, problems);
    else if (input.identityCenter === undefined && !leftOut.has("identityCenter")) {
      problems.error(placeOf(entry, [], "key"), {
        expected: "settings.identityCenter, whose instance gets the permission set",
        found: "none",
        remedy:
          'add settings.identityCenter, or write "existing": true for one that is made elsewhere',
      });
    }
    checkStatements(entry, problems);
    const set: PermissionSet = {
      name,
      ...(!isExisting && identityCenter !== undefined && { identityCenter }),
      description: value.description,
      sessionDuration: value.sessionDuration,
      managedPolicyArns: resolveManagedPolicies(
        identityCenter?.account.partition,
        value.managedPolicies ?? [],
        (position) => placeOf(entry, ["managedPolicies", position]),
        problems,
      ),
      statements: value.statements ?? [],
      assignments: assignmentsOf(entry, accounts, problems),
      mayAssume: halves.of({ kind: "permission-set", key: name }),
      sessionPermissions: halves.sessionPermissions({ kind: "permission-set", key: name }),
      location: entry.at([], "key"),
    };
    if (!isExisting) checkQuotas(entry, set, problems);
    return set;
  });
}

/** A permission set that a trust names, as a problem where `permissionSets` does not have it. */
export function unknownPermissionSet(name: string, known: readonly string[]) {
  const closest = closestTo(name, known);
  return {
    expected: "a key of permissionSets",
    found: showValue(name),
    remedy:
      closest === undefined
        ? 'add it there, with "existing": true if it is made elsewhere'
        : `write ${quote(closest)} if that is meant, or add it there`,
  };
}

/** A permission set is one for all its accounts, so nothing of one account is filled in. */
function checkStatements(entry: Entry<PermissionSetInput>, problems: ProblemList): void {
  (entry.value.statements ?? []).forEach((statement, position) => {
    const place = placeOf(entry, ["statements", position]);
    checkPlaceholders(statement, place, problems);
    if (!hasPlaceholder(statement)) return;
    problems.error(place, {
      expected: "no placeholder: a permission set is the same in all its accounts",
      found: "${Partition}, ${Region}, ${AccountId} or ${AccountName}",
      remedy: "write ${aws:PrincipalAccount}, or * in their place",
    });
  });
}

function reportIdleKeys(entry: Entry<PermissionSetInput>, problems: ProblemList): void {
  const idle = Object.keys(entry.value).filter((key) => key !== "existing" && key !== "notes");
  for (const key of idle) {
    problems.error(placeOf(entry, [key], "key"), {
      expected: "existing alone: what is made elsewhere is not changed here",
      found: key,
      remedy: "take it out, or take existing out to define the permission set here",
    });
  }
}

function assignmentsOf(
  entry: Entry<PermissionSetInput>,
  index: AccountIndex,
  problems: ProblemList,
): readonly PermissionSetAssignment[] {
  const seen = new Set<string>();
  return (entry.value.assignments ?? []).flatMap((assignment, position) => {
    const choose = (key: "accounts" | "except"): readonly Account[] =>
      selectAny(
        index,
        (assignment[key] ?? []).map((text, item) => ({
          text,
          place: placeOf(entry, ["assignments", position, key, item]),
        })),
        problems,
      );
    const left = new Set(choose("except"));
    const principals = [
      ...(assignment.groups ?? []).map((name) => ({ type: "GROUP", name }) as const),
      ...(assignment.users ?? []).map((name) => ({ type: "USER", name }) as const),
    ];
    return choose("accounts")
      .filter((account) => account.stack !== undefined && !left.has(account))
      .flatMap((account) => principals.map((principal) => ({ account, principal })))
      .filter(({ account, principal }) => {
        const key = `${account.name} ${principal.type} ${principal.name}`;
        return !seen.has(key) && seen.add(key);
      });
  });
}

function checkQuotas(
  entry: Entry<PermissionSetInput>,
  set: PermissionSet,
  problems: ProblemList,
): void {
  const { mayAssume, managedPolicyArns } = set;
  const policy = permissionSetPolicy(set);
  const size = policy === undefined ? 0 : policySize(policy);
  if (size > INLINE_POLICIES_SIZE.role) {
    problems.error(placeOf(entry, [], "key"), {
      expected: `statements and roles to assume of at most ${INLINE_POLICIES_SIZE.role} characters together (a role's inline policies)`,
      found: `${size} characters, for ${mayAssume.length} roles that trust it`,
      remedy: "let one role per account trust it, or split the permission set",
    });
  }
  if (managedPolicyArns.length > PERMISSION_SET_MANAGED_POLICIES) {
    problems.error(placeOf(entry, ["managedPolicies"]), {
      expected: `at most ${PERMISSION_SET_MANAGED_POLICIES} managed policies on a permission set`,
      found: String(managedPolicyArns.length),
      remedy: "attach fewer, or write the permissions as statements",
    });
  }
}
