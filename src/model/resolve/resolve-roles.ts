import type { AccountsFile } from "../file/accounts-file";
import type { Entry } from "../file/entry";
import { checkPlaceholders, fillPlaceholders } from "./fill-placeholders";
import { groupBy } from "../group-by";
import type { Ownership, Role, Settings } from "../model";
import type { OtherHalves } from "./other-halves";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { checkPolicyAccounts, resolveManagedPolicies } from "./resolve-managed-policies";
import type { RoleInstance } from "./role-instance";
import type { RoleInput } from "../file/schema/roles";
import { stateStatements } from "./state-access";
import type { TrustEdge } from "./trust-edge";

/** Every role in every account of its entry, with its trusts and its half of others' trusts. */
export function resolveRoles(
  file: AccountsFile,
  byEntry: ReadonlyMap<Entry<RoleInput>, readonly RoleInstance[]>,
  edges: readonly TrustEdge[],
  halves: OtherHalves,
  settings: Settings,
  problems: ProblemList,
): readonly Role[] {
  const edgesOf = groupBy(edges, (edge) => edge.trusting);
  return file.roles.flatMap((entry) => {
    const { value } = entry;
    const statements = value.statements ?? [];
    statements.forEach((statement, position) => {
      checkPlaceholders(statement, placeOf(entry, ["statements", position]), problems);
    });
    const managedPolicyArns = resolveManagedPolicies(
      file.settings.leftOut.has("partition") ? undefined : settings.partition,
      value.managedPolicies ?? [],
      (position) => placeOf(entry, ["managedPolicies", position]),
      problems,
    );
    const [permissionsBoundaryArn] = resolveManagedPolicies(
      file.settings.leftOut.has("partition") ? undefined : settings.partition,
      value.permissionsBoundary === undefined ? [] : [value.permissionsBoundary],
      () => placeOf(entry, ["permissionsBoundary"]),
      problems,
    );
    const instances = byEntry.get(entry) ?? [];
    checkPolicyAccounts(
      managedPolicyArns,
      instances
        .map(({ account }) => account)
        .filter(({ name }) => !file.doubts.accountIds.has(name)),
      placeOf(entry, ["managedPolicies"]),
      problems,
    );
    checkPolicyAccounts(
      permissionsBoundaryArn === undefined ? [] : [permissionsBoundaryArn],
      instances
        .map(({ account }) => account)
        .filter(({ name }) => !file.doubts.accountIds.has(name)),
      placeOf(entry, ["permissionsBoundary"]),
      problems,
    );
    return instances.flatMap((instance): readonly Role[] => {
      const { account, stack, arn, name, path } = instance;
      if (stack === undefined) return [];
      const mayAssume = halves.of({ kind: "role", key: arn });
      const isDeployer = arn === settings.bootstrap?.deployerArn;
      const role: Role = {
        key: entry.name,
        account,
        stack,
        arn,
        name,
        path,
        ownership: ownershipOf(value),
        description: value.description,
        maxSessionDuration: value.maxSessionDuration,
        ...(permissionsBoundaryArn !== undefined && { permissionsBoundaryArn }),
        ...(value.breakGlass === true && { breakGlass: true }),
        ...(value.console !== undefined && { console: value.console }),
        ...(value.silence !== undefined && { silence: value.silence }),
        managedPolicyArns,
        statements: [
          ...fillPlaceholders(statements, account),
          ...(isDeployer && value.existing !== true ? stateStatements(settings) : []),
        ],
        trusts: (edgesOf.get(instance) ?? []).map(({ trust }) => trust),
        trustPositions: (edgesOf.get(instance) ?? []).map(({ position }) => position),
        mayAssume,
        sessionPermissions: halves.sessionPermissions({ kind: "role", key: arn }),
        mayUse: [],
        protect: settings.protect && isDeployer,
        trusted: mayAssume.length > 0,
        location: entry.at([], "key"),
      };
      return [role];
    });
  });
}

function ownershipOf(value: RoleInput): Ownership {
  if (value.existing === true) return "existing";
  return value.import === true ? "imported" : "defined";
}
