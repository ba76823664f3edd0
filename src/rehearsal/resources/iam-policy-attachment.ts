import type { SimulatedIdentity } from "../aws/entities";
import { attachPolicy, detachPolicy } from "../aws/holder-policies";
import { tryGetHolder } from "./iam-inline-policy";
import type { ResourceType } from "./resource-type";

/**
 * `aws_iam_role_policy_attachment`, `aws_iam_user_policy_attachment`,
 * `aws_iam_group_policy_attachment`. The ID is `HOLDER/POLICY-ARN`.
 */
export function iamPolicyAttachment(kind: SimulatedIdentity["kind"]): ResourceType {
  const split = (id: string): { readonly name: string; readonly policyArn: string } => ({
    name: id.slice(0, id.indexOf("/")),
    policyArn: id.slice(id.indexOf("/") + 1),
  });
  return {
    defaults: {},
    replacedBy: [kind, "policy_arn"],
    importable: true,
    create({ account, arguments: args, origin }) {
      const holder = { kind, name: args.text(kind) };
      attachPolicy(account, holder, args.text("policy_arn"), origin);
      return `${holder.name}/${args.text("policy_arn")}`;
    },
    read: ({ account }, id) => {
      const { name, policyArn } = split(id);
      return tryGetHolder(account, kind, name)?.attachedPolicies.has(policyArn) === true
        ? { id, [kind]: name, policy_arn: policyArn }
        : undefined;
    },
    // Every argument makes another attachment: there is nothing to change in place.
    update: (_update, id) => id,
    delete({ account }, id) {
      const { name, policyArn } = split(id);
      const holder = tryGetHolder(account, kind, name);
      if (holder?.attachedPolicies.has(policyArn) === true)
        detachPolicy(account, holder, policyArn);
    },
  };
}
