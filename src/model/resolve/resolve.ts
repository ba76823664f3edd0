import type { Problem } from "../../source/problem";
import { EMPTY_LOCK } from "../../trust/lock";
import type { AccountsFile } from "../file/accounts-file";
import { checkBreakGlass } from "./check-break-glass";
import { checkExternalIds } from "./check-external-ids";
import { checkQuotas } from "./check-quotas";
import { checkSourceIdentities } from "./check-source-identities";
import { checkSharedNames } from "./check-shared-names";
import { executionRoles } from "./execution-roles";
import { groupBy } from "../group-by";
import { withMayUse } from "../may-use";
import type { Group, Model, Role, Settings, User } from "../model";
import { OtherHalves } from "./other-halves";
import { ProblemList } from "./problem-list";
import { DEFAULT_REGION, resolveAccounts } from "./resolve-accounts";
import { resolveBackend } from "./resolve-backend";
import { executionRoleName, resolveBootstrap } from "./resolve-bootstrap";
import { identityKey, resolveIdentities } from "./resolve-identities";
import { resolveLogs } from "./resolve-logs";
import { notificationRoles } from "./notification-roles";
import { resolveNotifications } from "./resolve-notifications";
import { resolveIdentityCenter, resolvePermissionSets } from "./resolve-permission-sets";
import { resolveOnlyPaths } from "./resolve-only-paths";
import { resolveRoleInstances } from "./resolve-role-instances";
import { resolveRoles } from "./resolve-roles";
import { resolveSharing } from "./resolve-sharing";
import { resolveTrusts } from "./resolve-trusts";
import { RoleIndex } from "./role-instance";
import { foreignRoles } from "./foreign-roles";
import { AccountIndex } from "./selector";
import { withSharedPrincipals } from "./shared-principals";
import { withAnyKeys } from "./with-any-keys";

/** Tags of every resource when `settings.tags` says nothing. */
const DEFAULT_TAGS = { "managed-by": "crosstrust" };

/** A model, and every problem of resolving it; the model is whole only when none is an error. */
export interface ResolvedModel {
  readonly model: Model;
  readonly problems: readonly Problem[];
}

/** What the accounts file means before anything is confirmed: references found, selectors chosen. */
export function resolveModel(file: AccountsFile): ResolvedModel {
  const problems = new ProblemList();
  const input = file.settings.value;
  const accounts = resolveAccounts(file, problems);
  const index = new AccountIndex(accounts, file.doubts.accounts.size > 0);
  const identities = resolveIdentities(file, index, problems);
  const { instances, incomplete } = resolveRoleInstances(
    file.roles,
    index,
    executionRoleName(input),
    problems,
  );
  const doubts = { ...file.doubts, roles: new Set([...file.doubts.roles, ...incomplete]) };
  const roles = new RoleIndex(instances);
  const bootstrap = resolveBootstrap({ ...file, doubts }, index, roles, problems);
  const settings: Settings = {
    organizationId: input.organizationId,
    partition: input.partition ?? "aws",
    region: input.region ?? DEFAULT_REGION,
    // Terraform Cloud runs have no named profiles.
    credentials: input.backend?.type === "cloud" ? "environment" : (input.credentials ?? "profile"),
    protect: input.protect ?? true,
    tags: input.tags ?? DEFAULT_TAGS,
    backend: resolveBackend(file.settings, index, problems),
    ...(bootstrap !== undefined && { bootstrap }),
  };

  const byEntry = groupBy(instances, (instance) => instance.entry);
  const context = {
    accounts: index,
    roles,
    identities,
    ...(file.permissionSets.length > 0 && {
      permissionSets: file.permissionSets.map(({ name }) => name),
    }),
    doubts,
    problems,
  };
  const edges = file.roles.flatMap((entry) =>
    resolveTrusts(entry, byEntry.get(entry) ?? [], context),
  );
  const execution = executionRoles(settings, accounts);
  checkSourceIdentities(edges, execution, problems);
  checkBreakGlass(file.roles, edges, problems);
  const logging = resolveLogs(file, settings, index, problems);
  const notifying = resolveNotifications(
    { ...file, doubts },
    { instances, logging, index, problems },
  );
  const ofNotifications = notificationRoles(notifying);
  const halves = new OtherHalves(edges, [...execution, ...ofNotifications]);
  const allRoles = [
    ...execution,
    ...ofNotifications.map((role) => withOtherHalf(role, halves)),
    ...resolveRoles(file, byEntry, edges, halves, settings, problems),
  ];
  const model: Model = {
    settings,
    accounts,
    roles: allRoles,
    foreignRoles: foreignRoles(instances, edges),
    users: identities.allUsers.map((user): User => {
      const mayAssume = halves.of({ kind: "user", key: user.arn });
      const sessionPermissions = halves.sessionPermissions({ kind: "user", key: user.arn });
      const trusted = mayAssume.length > 0;
      return { ...user, mayAssume, sessionPermissions, mayUse: [], trusted };
    }),
    groups: identities.allGroups.map((group): Group => {
      const holder = { kind: "group", key: identityKey(group.account, group.name) } as const;
      const sessionPermissions = halves.sessionPermissions(holder);
      return { ...group, mayAssume: halves.of(holder), sessionPermissions };
    }),
    permissionSets: resolvePermissionSets(
      file,
      resolveIdentityCenter(file, index, problems),
      index,
      halves,
      problems,
    ),
    ...resolveSharing(file.sharing, execution, context),
    logging,
    notifying,
    onlyPaths: resolveOnlyPaths(file, { accounts, roles: allRoles, settings, problems }),
    lock: EMPTY_LOCK,
    folder: file.folder,
  };
  checkSharedNames(model, problems);
  checkExternalIds(edges, accounts, problems);
  const whole = withMayUse(withSharedPrincipals(model));
  checkQuotas(withMayUse({ ...whole, sharing: withAnyKeys(whole.sharing) }), problems);
  return { model: whole, problems: problems.all };
}

function withOtherHalf(role: Role, halves: OtherHalves): Role {
  const mayAssume = halves.of({ kind: "role", key: role.arn });
  return { ...role, mayAssume, trusted: mayAssume.length > 0 };
}
