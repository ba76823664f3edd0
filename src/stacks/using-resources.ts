import { TerraformResource, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { AccountLogs } from "../constructs/account-logs";
import { KeyGrants } from "../constructs/key-grants";
import { OnlyPathPolicies } from "../constructs/only-path-policies";
import { ResourcePermission } from "../constructs/resource-permission";
import { RoleUseEvents } from "../constructs/role-use-events";
import { RoleUseNotifications } from "../constructs/role-use-notifications";

/** The resources by which an account's stack uses what others share: what its uses are true of. */
export function usingResources(stack: Construct): readonly ITerraformDependable[] {
  return stack.node.children
    .filter(
      (child) =>
        child instanceof ResourcePermission ||
        child instanceof KeyGrants ||
        child instanceof AccountLogs ||
        child instanceof OnlyPathPolicies ||
        child instanceof RoleUseEvents ||
        child instanceof RoleUseNotifications,
    )
    .flatMap((child) => child.node.findAll())
    .filter((each) => TerraformResource.isTerraformResource(each));
}
