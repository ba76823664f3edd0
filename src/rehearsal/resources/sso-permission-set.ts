import { hexOf } from "../aws/generated-id";
import { deletePermissionSet, permissionSet, putPermissionSet } from "../aws/permission-sets";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { ResourceType } from "./resource-type";

/** `aws_ssoadmin_permission_set`: another name makes another one. The ID is `ARN,INSTANCE`. */
export const ssoPermissionSet: ResourceType = {
  regional: true,
  defaults: { session_duration: "PT1H" },
  replacedBy: ["instance_arn", "name"],
  importable: true,
  create({ account, region, arguments: args }) {
    const instanceArn = args.text("instance_arn");
    const name = args.text("name");
    const arn = newArn(account, instanceArn, name);
    putPermissionSet(account.all, {
      arn,
      instanceArn,
      name,
      region,
      description: args.optionalText("description"),
      sessionDuration: args.optionalText("session_duration"),
      managedPolicies: new Map(),
      assignments: [],
    });
    return `${arn},${instanceArn}`;
  },
  read: ({ account }, id) => {
    const [arn] = id.split(",");
    const set = account.all.permissionSets.get(arn);
    if (set === undefined) return undefined;
    const { instanceArn, name, description, sessionDuration } = set;
    return {
      id,
      arn,
      instance_arn: instanceArn,
      name,
      description,
      session_duration: sessionDuration,
    };
  },
  update({ account, arguments: args }, id) {
    const set = permissionSet(account.all, id.split(",")[0]);
    putPermissionSet(account.all, {
      ...set,
      description: args.optionalText("description"),
      sessionDuration: args.optionalText("session_duration"),
    });
    return id;
  },
  delete({ account }, id) {
    deletePermissionSet(account.all, id.split(",")[0]);
  },
};

/** `arn:aws:sso:::permissionSet/ssoins-…/ps-…`: another one each time. */
function newArn(account: SimulatedAccount, instanceArn: string, name: string): string {
  const [, partition] = instanceArn.split(":");
  const instance = instanceArn.slice(instanceArn.lastIndexOf("/") + 1);
  const hex = hexOf(
    `${instance}/${account.id}/${name}/${account.count(`permission-set/${name}`)}`,
    16,
  );
  return `arn:${partition}:sso:::permissionSet/${instance}/ps-${hex}`;
}
