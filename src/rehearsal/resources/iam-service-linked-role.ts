import { createServiceLinkedRole, serviceLinkedRoleName } from "../aws/service-linked-roles";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { SimulatedRole } from "../aws/entities";
import { deleteRole } from "../aws/roles";
import { cannotRehearse } from "../terraform-error";
import type { ResourceType } from "./resource-type";

/**
 * `aws_iam_service_linked_role`: an account has one per service and suffix. The ID is the ARN. Its
 * permissions are AWS's and not simulated.
 */
export const iamServiceLinkedRole: ResourceType = {
  defaults: {},
  replacedBy: ["aws_service_name", "custom_suffix"],
  importable: true,
  create({ account, arguments: args, origin }) {
    const service = args.text("aws_service_name");
    const name = serviceLinkedRoleName(service, args.optionalText("custom_suffix"));
    if (name === undefined) {
      throw cannotRehearse(args.address, `the name of the role of ${service} is not known`);
    }
    return createServiceLinkedRole(account, { service, name, origin }).arn;
  },
  read: ({ account }, id) => {
    const role = tryGetRole(account, id);
    return role === undefined
      ? undefined
      : { id, arn: id, name: role.name, path: role.path, unique_id: role.uniqueId };
  },
  update: (_update, id) => id,
  delete({ account }, id) {
    const role = tryGetRole(account, id);
    if (role !== undefined) deleteRole(account, role.name);
  },
};

function tryGetRole(account: SimulatedAccount, arn: string): SimulatedRole | undefined {
  const role = account.roles.tryGet(arn.slice(arn.lastIndexOf("/") + 1));
  return role?.arn === arn ? role : undefined;
}
