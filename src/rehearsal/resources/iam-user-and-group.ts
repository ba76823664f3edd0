import {
  createGroup,
  createUser,
  deleteGroup,
  deleteUser,
  renameGroup,
  renameUser,
  setUserBoundary,
  type Renaming,
} from "../aws/users-and-groups";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceType } from "./resource-type";

/** `aws_iam_user`. Everything changes in place: a renamed user keeps its unique ID. */
export const iamUser: ResourceType = {
  defaults: { path: "/", force_destroy: false },
  replacedBy: [],
  importable: true,
  create({ account, arguments: args, origin }) {
    const user = createUser(account, {
      name: args.text("name"),
      path: args.optionalText("path"),
      permissionsBoundary: args.optionalText("permissions_boundary"),
      origin,
    });
    return user.name;
  },
  read: ({ account }, id) => {
    const user = account.users.tryGet(id);
    return user === undefined
      ? undefined
      : {
          id: user.name,
          name: user.name,
          path: user.path,
          arn: user.arn,
          unique_id: user.uniqueId,
          permissions_boundary: user.permissionsBoundary,
        };
  },
  update({ account, arguments: args, changed }, id) {
    const to = renamingOf(args);
    if (changed.has("name") || changed.has("path")) renameUser(account, id, to);
    if (changed.has("permissions_boundary")) {
      setUserBoundary(account, to.name, args.optionalText("permissions_boundary"));
    }
    return to.name;
  },
  delete({ account }, id) {
    if (account.users.tryGet(id) !== undefined) deleteUser(account, id);
  },
};

/** `aws_iam_group`. Everything changes in place. */
export const iamGroup: ResourceType = {
  defaults: { path: "/" },
  replacedBy: [],
  importable: true,
  create: ({ account, arguments: args, origin }) =>
    createGroup(account, { name: args.text("name"), path: args.optionalText("path"), origin }).name,
  read: ({ account }, id) => {
    const group = account.groups.tryGet(id);
    return group === undefined
      ? undefined
      : {
          id: group.name,
          name: group.name,
          path: group.path,
          arn: group.arn,
          unique_id: group.uniqueId,
        };
  },
  update({ account, arguments: args }, id) {
    const to = renamingOf(args);
    renameGroup(account, id, to);
    return to.name;
  },
  delete({ account }, id) {
    if (account.groups.tryGet(id) !== undefined) deleteGroup(account, id);
  },
};

function renamingOf(args: ResourceArguments): Renaming {
  return { name: args.text("name"), path: args.optionalText("path") ?? "/" };
}
