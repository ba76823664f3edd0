import { deleteInlinePolicy, detachPolicy } from "../aws/holder-policies";
import { removeRoleFromInstanceProfile } from "../aws/instance-profiles";
import { shownPolicy } from "../aws/pinned-policy";
import {
  createRole,
  deleteRole,
  updateRole,
  updateTrustPolicy,
  type RoleSettings,
} from "../aws/roles";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceCall, ResourceType } from "./resource-type";

/**
 * `aws_iam_role`. Trust policy, description, session duration and boundary change in place; name and
 * path make another role, with another unique ID. The ID is the name.
 */
export const iamRole: ResourceType = {
  defaults: { path: "/", max_session_duration: 3600, force_detach_policies: false },
  replacedBy: ["name", "path"],
  policies: ["assume_role_policy"],
  refused: ["name_prefix", "inline_policy", "managed_policy_arns"],
  importable: true,
  create({ account, arguments: args, origin }) {
    const role = createRole(account, {
      name: args.text("name"),
      path: args.optionalText("path"),
      trustPolicy: args.text("assume_role_policy"),
      ...settingsOf(args),
      origin,
    });
    return role.name;
  },
  read: ({ account }, id) => {
    const role = account.roles.tryGet(id);
    return role === undefined
      ? undefined
      : {
          id: role.name,
          name: role.name,
          path: role.path,
          arn: role.arn,
          unique_id: role.uniqueId,
          assume_role_policy: shownPolicy(role.trust, account.directory).text,
          description: role.description,
          max_session_duration: role.maxSessionDuration,
          permissions_boundary: role.permissionsBoundary,
        };
  },
  update({ account, arguments: args, changed }, id) {
    if (changed.has("assume_role_policy")) {
      updateTrustPolicy(account, id, args.text("assume_role_policy"));
    }
    updateRole(account, id, settingsOf(args));
    return id;
  },
  delete(call, id) {
    if (call.account.roles.tryGet(id) === undefined) return;
    releaseRole(call, id);
    deleteRole(call.account, id);
  },
};

/** The provider takes a role out of its instance profiles, and off its policies where told to. */
function releaseRole({ account, arguments: args }: ResourceCall, name: string): void {
  for (const profile of account.instanceProfiles.values()) {
    if (profile.roleName === name) removeRoleFromInstanceProfile(account, profile.name, name);
  }
  if (!args.flag("force_detach_policies")) return;
  const role = account.roles.get(name);
  for (const policyName of role.inlinePolicies.keys()) {
    deleteInlinePolicy(account, role, policyName);
  }
  for (const policyArn of role.attachedPolicies.keys()) detachPolicy(account, role, policyArn);
}

function settingsOf(args: ResourceArguments): RoleSettings {
  return {
    description: args.optionalText("description"),
    maxSessionDuration: args.optionalNumber("max_session_duration"),
    permissionsBoundary: args.optionalText("permissions_boundary"),
  };
}
