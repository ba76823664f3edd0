import type { Origin } from "../../estate/estate";
import { deleteConflict, policyNotAttachable, quotaExceeded } from "./aws-error";
import type { SimulatedGroup, SimulatedUser } from "./entities";
import type { SimulatedAccount } from "./simulated-account";

/** What a user or group is made with. */
export interface NewUserOrGroup {
  readonly name: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  readonly origin: Origin;
}

/** A user's or group's new name and path. */
export interface Renaming {
  readonly name: string;
  readonly path: string;
}

/** CreateUser. */
export function createUser(
  account: SimulatedAccount,
  input: NewUserOrGroup & { readonly permissionsBoundary?: string },
): SimulatedUser {
  account.users.requireFree(input.name);
  requirePolicy(account, input.permissionsBoundary);
  const path = input.path ?? "/";
  const user: SimulatedUser = {
    kind: "user",
    name: input.name,
    path,
    arn: account.arnOf("user", path, input.name),
    uniqueId: account.newUniqueId("AIDA", input.name),
    inlinePolicies: new Map(),
    attachedPolicies: new Map(),
    groupNames: new Set(),
    permissionsBoundary: input.permissionsBoundary,
    origin: input.origin,
  };
  account.directory.add(user.arn, user.uniqueId);
  account.users.put(user);
  return user;
}

/** UpdateUser: another name or path under the same unique ID, so trusts in the user hold. */
export function renameUser(account: SimulatedAccount, userName: string, to: Renaming): void {
  const former = account.users.get(userName);
  const user = { ...former, ...to, arn: account.arnOf("user", to.path, to.name) };
  account.users.put(user, former.name);
  account.directory.add(user.arn, user.uniqueId);
  for (const groupName of user.groupNames) {
    const group = account.groups.get(groupName);
    const userNames = new Set(group.userNames);
    userNames.delete(former.name);
    account.groups.put({ ...group, userNames: userNames.add(user.name) });
  }
}

/** PutUserPermissionsBoundary, or its deletion. */
export function setUserBoundary(
  account: SimulatedAccount,
  userName: string,
  permissionsBoundary: string | undefined,
): void {
  requirePolicy(account, permissionsBoundary);
  account.users.put({ ...account.users.get(userName), permissionsBoundary });
}

/** DeleteUser: refused while policies hang on the user or a group has it. */
export function deleteUser(account: SimulatedAccount, userName: string): void {
  const user = account.users.get(userName);
  if (user.groupNames.size > 0) throw deleteConflict("entity, must remove users from group first");
  refuseWithPolicies(user);
  account.directory.remove(user.uniqueId);
  account.users.delete(user.name);
}

/** CreateGroup. */
export function createGroup(account: SimulatedAccount, input: NewUserOrGroup): SimulatedGroup {
  account.groups.requireFree(input.name);
  const path = input.path ?? "/";
  const group: SimulatedGroup = {
    kind: "group",
    name: input.name,
    path,
    arn: account.arnOf("group", path, input.name),
    uniqueId: account.newUniqueId("AGPA", input.name),
    inlinePolicies: new Map(),
    attachedPolicies: new Map(),
    userNames: new Set(),
    origin: input.origin,
  };
  account.groups.put(group);
  return group;
}

/** UpdateGroup: another name or path; members and policies stay. */
export function renameGroup(account: SimulatedAccount, groupName: string, to: Renaming): void {
  const former = account.groups.get(groupName);
  const group = { ...former, ...to, arn: account.arnOf("group", to.path, to.name) };
  account.groups.put(group, former.name);
  for (const userName of group.userNames) {
    const user = account.users.get(userName);
    const groupNames = new Set(user.groupNames);
    groupNames.delete(former.name);
    account.users.put({ ...user, groupNames: groupNames.add(group.name) });
  }
}

/** DeleteGroup: refused while it has members or policies. */
export function deleteGroup(account: SimulatedAccount, groupName: string): void {
  const group = account.groups.get(groupName);
  if (group.userNames.size > 0) throw deleteConflict("entity, must remove users from group first");
  refuseWithPolicies(group);
  account.groups.delete(group.name);
}

/** Groups that a user is in: AWS does not raise it (IAM User Guide, "IAM and AWS STS quotas"). */
const GROUPS_PER_USER = 10;

/** AddUserToGroup; adding once more changes nothing. */
export function addUserToGroup(
  account: SimulatedAccount,
  userName: string,
  groupName: string,
): void {
  const group = account.groups.get(groupName);
  const user = account.users.get(userName);
  const groupNames = new Set(user.groupNames).add(group.name);
  if (groupNames.size > GROUPS_PER_USER) throw quotaExceeded("GroupsPerUser", GROUPS_PER_USER);
  account.groups.put({ ...group, userNames: new Set(group.userNames).add(user.name) });
  account.users.put({ ...user, groupNames });
}

/** RemoveUserFromGroup; refused when either does not exist. */
export function removeUserFromGroup(
  account: SimulatedAccount,
  userName: string,
  groupName: string,
): void {
  const group = account.groups.get(groupName);
  const user = account.users.get(userName);
  const userNames = new Set(group.userNames);
  const groupNames = new Set(user.groupNames);
  userNames.delete(user.name);
  groupNames.delete(group.name);
  account.groups.put({ ...group, userNames });
  account.users.put({ ...user, groupNames });
}

function requirePolicy(account: SimulatedAccount, policyArn: string | undefined): void {
  if (policyArn !== undefined && !account.hasPolicy(policyArn))
    throw policyNotAttachable(policyArn);
}

function refuseWithPolicies({
  attachedPolicies,
  inlinePolicies,
}: SimulatedUser | SimulatedGroup): void {
  if (attachedPolicies.size > 0) throw deleteConflict("entity, must detach all policies first");
  if (inlinePolicies.size > 0) throw deleteConflict("entity, must delete policies first");
}
