import type { Construct } from "constructs";
import { PermissionSet as DefinedPermissionSet } from "../constructs/permission-set";
import type { PermissionSet } from "../model/model";
import { permissionSetPolicy } from "../model/permission-set-policy";

/** Defines permission sets in the stack of the account that administers Identity Center. */
export function addPermissionSets(stack: Construct, sets: readonly PermissionSet[]): void {
  for (const set of sets) {
    if (set.identityCenter === undefined) continue;
    const { account, region, instanceArn, identityStoreId } = set.identityCenter;
    new DefinedPermissionSet(stack, `permission-set-${set.name}`, {
      name: set.name,
      instanceArn,
      identityStoreId,
      ...(region !== account.region && { region }),
      description: set.description,
      sessionDuration: set.sessionDuration,
      managedPolicyArns: set.managedPolicyArns,
      inlinePolicy: permissionSetPolicy(set),
      assignees: set.assignments.map(({ account: { id }, principal }) => ({
        accountId: id,
        ...principal,
      })),
    });
  }
}
