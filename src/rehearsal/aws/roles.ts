import type { Origin } from "../../estate/estate";
import { deleteConflict, policyNotAttachable, quotaExceeded } from "./aws-error";
import type { SimulatedRole } from "./entities";
import type { PinnedPolicy } from "./pinned-policy";
import { pinTrust } from "./pinned-trust";
import type { SimulatedAccount } from "./simulated-account";

/** What can be changed of a role in place. */
export interface RoleSettings {
  /** @default - no description */
  readonly description?: string;
  /** Seconds. @default 3600 */
  readonly maxSessionDuration?: number;
  /** ARN of a managed policy. @default - no boundary */
  readonly permissionsBoundary?: string;
}

/** What a role is made with. */
export interface NewRole extends RoleSettings {
  readonly name: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  /** JSON of the trust policy. */
  readonly trustPolicy: string;
  readonly origin: Origin;
}

const DEFAULT_SESSION_SECONDS = 3_600;

/** CreateRole: refused for a name that is taken and for a trust policy that IAM does not take. */
export function createRole(account: SimulatedAccount, input: NewRole): SimulatedRole {
  account.roles.requireFree(input.name);
  const trust = takeTrust(account, input.trustPolicy);
  const path = input.path ?? "/";
  const role: SimulatedRole = {
    kind: "role",
    name: input.name,
    path,
    arn: account.arnOf("role", path, input.name),
    ...settingsOf(account, input),
    trust,
    uniqueId: account.newUniqueId("AROA", input.name),
    inlinePolicies: new Map(),
    attachedPolicies: new Map(),
    origin: input.origin,
  };
  watchPins(account, trust);
  account.directory.add(role.arn, role.uniqueId);
  account.roles.put(role);
  return role;
}

/** UpdateAssumeRolePolicy: pins every principal that the policy names anew. */
export function updateTrustPolicy(
  account: SimulatedAccount,
  roleName: string,
  trustPolicy: string,
): void {
  const role = account.roles.get(roleName);
  const trust = takeTrust(account, trustPolicy);
  watchPins(account, trust);
  account.roles.put({ ...role, trust });
}

/** UpdateRole, PutRolePermissionsBoundary and its deletion: the unique ID stays. */
export function updateRole(
  account: SimulatedAccount,
  roleName: string,
  settings: RoleSettings,
): void {
  account.roles.put({ ...account.roles.get(roleName), ...settingsOf(account, settings) });
}

/** DeleteRole: refused while policies or an instance profile hang on the role. */
export function deleteRole(account: SimulatedAccount, roleName: string): void {
  const role = account.roles.get(roleName);
  if (account.instanceProfiles.values().some((profile) => profile.roleName === role.name)) {
    throw deleteConflict("entity, must remove roles from instance profile first");
  }
  if (role.attachedPolicies.size > 0) {
    throw deleteConflict("entity, must detach all policies first");
  }
  if (role.inlinePolicies.size > 0) throw deleteConflict("entity, must delete policies first");
  account.directory.remove(role.uniqueId);
  account.roles.delete(role.name);
}

function takeTrust(account: SimulatedAccount, trustPolicy: string): PinnedPolicy {
  const trust = pinTrust(trustPolicy, account.directory, account.partition);
  if (trust.size > account.quotas.trustPolicy) {
    throw quotaExceeded("ACLSizePerRole", account.quotas.trustPolicy);
  }
  return trust;
}

function watchPins(account: SimulatedAccount, trust: PinnedPolicy): void {
  for (const id of trust.pins.values()) account.watchPrincipal(id);
}

function settingsOf(
  account: SimulatedAccount,
  settings: RoleSettings,
): Pick<SimulatedRole, "description" | "maxSessionDuration" | "permissionsBoundary"> {
  const boundary = settings.permissionsBoundary;
  if (boundary !== undefined && !account.hasPolicy(boundary)) throw policyNotAttachable(boundary);
  return {
    description: settings.description,
    maxSessionDuration: settings.maxSessionDuration ?? DEFAULT_SESSION_SECONDS,
    permissionsBoundary: boundary,
  };
}
