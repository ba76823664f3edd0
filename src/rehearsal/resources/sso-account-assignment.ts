import {
  permissionSet,
  putPermissionSet,
  type SimulatedAssignment,
  type SimulatedPermissionSet,
} from "../aws/permission-sets";
import type { ResourceType } from "./resource-type";

/** `aws_ssoadmin_account_assignment`. The ID is `PRINCIPAL,TYPE,ACCOUNT,AWS_ACCOUNT,ARN,INSTANCE`. */
export const ssoAccountAssignment: ResourceType = {
  regional: true,
  defaults: { target_type: "AWS_ACCOUNT" },
  replacedBy: [
    "instance_arn",
    "permission_set_arn",
    "principal_id",
    "principal_type",
    "target_id",
    "target_type",
  ],
  importable: true,
  create({ account, arguments: args, origin }) {
    const set = permissionSet(account.all, args.text("permission_set_arn"));
    const assignment: SimulatedAssignment = {
      principalId: args.text("principal_id"),
      principalType: args.text("principal_type"),
      accountId: args.text("target_id"),
      origin,
    };
    putPermissionSet(account.all, { ...set, assignments: [...set.assignments, assignment] });
    return idOf(set, assignment);
  },
  read: ({ account }, id) => {
    const set = account.all.permissionSets.get(id.split(",")[4]);
    const assignment = set?.assignments.find((each) => idOf(set, each) === id);
    return set === undefined || assignment === undefined
      ? undefined
      : {
          id,
          instance_arn: set.instanceArn,
          permission_set_arn: set.arn,
          principal_id: assignment.principalId,
          principal_type: assignment.principalType,
          target_id: assignment.accountId,
          target_type: "AWS_ACCOUNT",
        };
  },
  // Every argument makes another assignment: there is nothing to change in place.
  update: (_update, id) => id,
  delete({ account }, id) {
    const set = account.all.permissionSets.get(id.split(",")[4]);
    if (set === undefined) return;
    const assignments = set.assignments.filter((each) => idOf(set, each) !== id);
    putPermissionSet(account.all, { ...set, assignments });
  },
};

function idOf(
  { arn, instanceArn }: SimulatedPermissionSet,
  { principalId, principalType, accountId }: SimulatedAssignment,
): string {
  return [principalId, principalType, accountId, "AWS_ACCOUNT", arn, instanceArn].join(",");
}
