import type { Origin } from "../../estate/estate";
import { AwsError, deleteConflict, quotaExceeded } from "./aws-error";
import type { InstanceProfile } from "./entities";
import type { SimulatedAccount } from "./simulated-account";

/** CreateInstanceProfile: without a role. */
export function createInstanceProfile(
  account: SimulatedAccount,
  input: { readonly name: string; readonly path: string; readonly origin: Origin },
): InstanceProfile {
  account.instanceProfiles.requireFree(input.name);
  const profile = { ...input, arn: account.arnOf("instance-profile", input.path, input.name) };
  account.instanceProfiles.put(profile);
  return profile;
}

/** AddRoleToInstanceProfile: a profile takes one role, and IAM never raises that. */
export function addRoleToInstanceProfile(
  account: SimulatedAccount,
  profileName: string,
  roleName: string,
): void {
  const profile = account.instanceProfiles.get(profileName);
  const role = account.roles.get(roleName);
  if (profile.roleName !== undefined) {
    throw quotaExceeded("InstanceSessionsPerInstanceProfile", 1);
  }
  account.instanceProfiles.put({ ...profile, roleName: role.name });
}

/** RemoveRoleFromInstanceProfile. */
export function removeRoleFromInstanceProfile(
  account: SimulatedAccount,
  profileName: string,
  roleName: string,
): void {
  const { roleName: held, ...profile } = account.instanceProfiles.get(profileName);
  if (held !== roleName) {
    throw new AwsError(
      "NoSuchEntity",
      `Role ${roleName} in Instance Profile ${profileName} cannot be found.`,
    );
  }
  account.instanceProfiles.put(profile);
}

/** DeleteInstanceProfile: refused while it holds a role. */
export function deleteInstanceProfile(account: SimulatedAccount, profileName: string): void {
  const profile = account.instanceProfiles.get(profileName);
  if (profile.roleName !== undefined) {
    throw deleteConflict("entity, must remove roles from instance profile first");
  }
  account.instanceProfiles.delete(profile.name);
}
