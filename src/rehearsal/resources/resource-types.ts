import { iamInlinePolicy } from "./iam-inline-policy";
import { iamInstanceProfile } from "./iam-instance-profile";
import { iamGroupMembership, iamUserGroupMembership } from "./iam-memberships";
import { iamOidcProvider } from "./iam-oidc-provider";
import { iamPolicy } from "./iam-policy";
import { iamPolicyAttachment } from "./iam-policy-attachment";
import { iamRole } from "./iam-role";
import { iamGroup, iamUser } from "./iam-user-and-group";
import type { ResourceType } from "./resource-type";

const SIMULATED: ReadonlyMap<string, ResourceType> = new Map([
  ["aws_iam_role", iamRole],
  ["aws_iam_role_policy", iamInlinePolicy("role")],
  ["aws_iam_role_policy_attachment", iamPolicyAttachment("role")],
  ["aws_iam_policy", iamPolicy],
  ["aws_iam_user", iamUser],
  ["aws_iam_user_policy", iamInlinePolicy("user")],
  ["aws_iam_user_policy_attachment", iamPolicyAttachment("user")],
  ["aws_iam_group", iamGroup],
  ["aws_iam_group_policy", iamInlinePolicy("group")],
  ["aws_iam_group_policy_attachment", iamPolicyAttachment("group")],
  ["aws_iam_group_membership", iamGroupMembership],
  ["aws_iam_user_group_membership", iamUserGroupMembership],
  ["aws_iam_instance_profile", iamInstanceProfile],
  ["aws_iam_openid_connect_provider", iamOidcProvider],
]);

/**
 * What the provider knows of a resource type; undefined for a type that the simulated accounts do not
 * know: it is kept in state only.
 */
export function tryResourceType(type: string): ResourceType | undefined {
  return SIMULATED.get(type);
}
