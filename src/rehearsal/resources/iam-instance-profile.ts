import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  removeRoleFromInstanceProfile,
} from "../aws/instance-profiles";
import type { ResourceType } from "./resource-type";

/** `aws_iam_instance_profile`. The role changes in place. The ID is the name. */
export const iamInstanceProfile: ResourceType = {
  defaults: { path: "/" },
  replacedBy: ["name", "path"],
  refused: ["name_prefix"],
  importable: true,
  create({ account, arguments: args, origin }) {
    const path = args.optionalText("path") ?? "/";
    const { name } = createInstanceProfile(account, { name: args.text("name"), path, origin });
    const role = args.optionalText("role");
    if (role !== undefined) addRoleToInstanceProfile(account, name, role);
    return name;
  },
  read: ({ account }, id) => {
    const profile = account.instanceProfiles.tryGet(id);
    return profile === undefined
      ? undefined
      : { id, name: profile.name, path: profile.path, arn: profile.arn, role: profile.roleName };
  },
  update({ account, arguments: args }, id) {
    const held = account.instanceProfiles.get(id).roleName;
    const wanted = args.optionalText("role");
    if (held === wanted) return id;
    if (held !== undefined) removeRoleFromInstanceProfile(account, id, held);
    if (wanted !== undefined) addRoleToInstanceProfile(account, id, wanted);
    return id;
  },
  delete({ account }, id) {
    const profile = account.instanceProfiles.tryGet(id);
    if (profile === undefined) return;
    if (profile.roleName !== undefined) {
      removeRoleFromInstanceProfile(account, id, profile.roleName);
    }
    deleteInstanceProfile(account, id);
  },
};
