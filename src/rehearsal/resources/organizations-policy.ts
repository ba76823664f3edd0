import { tryKnownText } from "../../estate/resolved-text";
import {
  attachOrganizationPolicy,
  createOrganizationPolicy,
  deleteOrganizationPolicy,
  detachOrganizationPolicy,
  updateOrganizationPolicy,
  type NewOrganizationPolicy,
} from "../aws/control-policies";
import { UnknownValue } from "../value";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceType } from "./resource-type";

/** `aws_organizations_policy`: changes in place, but for its type. The ID is `p-…`. */
export const organizationsPolicy: ResourceType = {
  defaults: { type: "SERVICE_CONTROL_POLICY", description: "" },
  replacedBy: ["type"],
  policies: ["content"],
  importable: true,
  create: ({ account, arguments: args }) => createOrganizationPolicy(account, inputOf(args)).id,
  read: ({ account: { all, partition } }, id) => {
    const policy = all.organizationPolicies.get(id);
    return policy === undefined
      ? undefined
      : {
          id,
          arn: `arn:${partition}:organizations::${all.managementId ?? ""}:policy/${id}`,
          name: policy.name,
          type: policy.type,
          description: policy.description,
          content: tryKnownText(policy.content) ?? new UnknownValue(policy.content, false),
        };
  },
  update({ account: { all }, arguments: args }, id) {
    updateOrganizationPolicy(all, id, inputOf(args));
    return id;
  },
  delete({ account: { all } }, id) {
    if (all.organizationPolicies.has(id)) deleteOrganizationPolicy(all, id);
  },
};

function inputOf(args: ResourceArguments): NewOrganizationPolicy {
  return {
    name: args.text("name"),
    type: args.text("type"),
    description: args.optionalText("description") ?? "",
    content: args.policy("content"),
  };
}

/** `aws_organizations_policy_attachment`. The ID is `TARGET:POLICY`. */
export const organizationsPolicyAttachment: ResourceType = {
  defaults: {},
  replacedBy: ["policy_id", "target_id"],
  importable: true,
  create({ account, arguments: args, origin }) {
    const [policy, target] = [args.text("policy_id"), args.text("target_id")];
    // AWS's own is attached to everything that an organization has.
    if (!/^p-(RCP)?FullAWSAccess$/.test(policy)) {
      attachOrganizationPolicy(account, policy, target, origin);
    }
    return `${target}:${policy}`;
  },
  read: ({ account: { all } }, id, known) => {
    const [target, policy] = id.split(":");
    return all.organizationPolicies.get(policy)?.targets.has(target) === true
      ? { id, policy_id: policy, target_id: target }
      : /FullAWSAccess$/.test(policy)
        ? known.values
        : undefined;
  },
  // Every argument makes another attachment: there is nothing to change in place.
  update: (_update, id) => id,
  delete({ account: { all } }, id) {
    const [target, policy] = id.split(":");
    detachOrganizationPolicy(all, policy, target);
  },
};
