import { tryKnownText } from "../../estate/resolved-text";
import { permissionSet, putPermissionSet } from "../aws/permission-sets";
import { UnknownValue } from "../value";
import type { ResourceCall, ResourceType } from "./resource-type";

/** `aws_ssoadmin_permission_set_inline_policy`: there is one at most. The ID is `ARN,INSTANCE`. */
export const ssoInlinePolicy: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["instance_arn", "permission_set_arn"],
  policies: ["inline_policy"],
  importable: true,
  create: putInline,
  read: ({ account }, id) => {
    const [arn, instanceArn] = id.split(",");
    const policy = account.all.permissionSets.get(arn)?.inlinePolicy;
    return policy === undefined
      ? undefined
      : {
          id,
          permission_set_arn: arn,
          instance_arn: instanceArn,
          inline_policy: tryKnownText(policy.text) ?? new UnknownValue(policy.text, false),
        };
  },
  update: putInline,
  delete({ account }, id) {
    const set = account.all.permissionSets.get(id.split(",")[0]);
    if (set !== undefined) putPermissionSet(account.all, { ...set, inlinePolicy: undefined });
  },
};

/** `aws_ssoadmin_managed_policy_attachment`. The ID is `POLICY,ARN,INSTANCE`. */
export const ssoManagedPolicy: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["instance_arn", "permission_set_arn", "managed_policy_arn"],
  importable: true,
  create({ account, arguments: args, origin }) {
    const policyArn = args.text("managed_policy_arn");
    const set = permissionSet(account.all, args.text("permission_set_arn"));
    const managedPolicies = new Map(set.managedPolicies).set(policyArn, origin);
    putPermissionSet(account.all, { ...set, managedPolicies });
    return `${policyArn},${set.arn},${set.instanceArn}`;
  },
  read: ({ account }, id) => {
    const [policyArn, arn, instanceArn] = id.split(",");
    return account.all.permissionSets.get(arn)?.managedPolicies.has(policyArn) === true
      ? { id, managed_policy_arn: policyArn, permission_set_arn: arn, instance_arn: instanceArn }
      : undefined;
  },
  // Every argument makes another attachment: there is nothing to change in place.
  update: (_update, id) => id,
  delete({ account }, id) {
    const [policyArn, arn] = id.split(",");
    const set = account.all.permissionSets.get(arn);
    if (set === undefined) return;
    const managedPolicies = new Map(set.managedPolicies);
    managedPolicies.delete(policyArn);
    putPermissionSet(account.all, { ...set, managedPolicies });
  },
};

function putInline({ account, arguments: args, origin }: ResourceCall): string {
  const set = permissionSet(account.all, args.text("permission_set_arn"));
  const inlinePolicy = { text: args.policy("inline_policy"), origin };
  putPermissionSet(account.all, { ...set, inlinePolicy });
  return `${set.arn},${set.instanceArn}`;
}
