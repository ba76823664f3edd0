import { addUserToGroup, removeUserFromGroup } from "../aws/users-and-groups";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { ResourceType } from "./resource-type";

/**
 * `aws_iam_group_membership`: the group's members, all of them. Creating it only adds; members that
 * somebody else added show as a difference afterwards, and then go. The ID is the argument `name`.
 */
export const iamGroupMembership: ResourceType = {
  defaults: {},
  replacedBy: ["name", "group"],
  sets: ["users"],
  importable: false,
  create({ account, arguments: args }) {
    for (const user of args.texts("users")) addUserToGroup(account, user, args.text("group"));
    return args.text("name");
  },
  read: ({ account }, id, known) => {
    const group = account.groups.tryGet(known.text("group"));
    return group === undefined
      ? undefined
      : { id, name: id, group: group.name, users: [...group.userNames].sort() };
  },
  update({ account, arguments: args }, id) {
    const group = account.groups.get(args.text("group"));
    const wanted = new Set(args.texts("users"));
    for (const user of wanted) addUserToGroup(account, user, group.name);
    for (const user of group.userNames) {
      if (!wanted.has(user)) removeUserFromGroup(account, user, group.name);
    }
    return id;
  },
  delete({ account, arguments: args }) {
    for (const user of args.texts("users")) leave(account, user, args.text("group"));
  },
};

/** `aws_iam_user_group_membership`: these groups of a user, beside others that it may be in. */
export const iamUserGroupMembership: ResourceType = {
  defaults: {},
  replacedBy: ["user"],
  sets: ["groups"],
  importable: false,
  create({ account, arguments: args }) {
    for (const group of args.texts("groups")) addUserToGroup(account, args.text("user"), group);
    return args.text("user");
  },
  read: ({ account }, id, known) => {
    const user = account.users.tryGet(id);
    return user === undefined
      ? undefined
      : {
          id,
          user: user.name,
          groups: known.texts("groups").filter((group) => user.groupNames.has(group)),
        };
  },
  update({ account, arguments: args, former }, id) {
    const wanted = args.texts("groups");
    for (const group of wanted) addUserToGroup(account, id, group);
    for (const group of former.texts("groups")) {
      if (!wanted.includes(group)) leave(account, id, group);
    }
    return id;
  },
  delete({ account, arguments: args }) {
    for (const group of args.texts("groups")) leave(account, args.text("user"), group);
  },
};

/** Takes a user out of a group, where both still exist. */
function leave(account: SimulatedAccount, userName: string, groupName: string): void {
  const group = account.groups.tryGet(groupName);
  if (group !== undefined && account.users.tryGet(userName) !== undefined) {
    removeUserFromGroup(account, userName, groupName);
  }
}
