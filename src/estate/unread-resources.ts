import type { Unknown } from "./estate";

/** Resource types of IAM that give nobody a permission, nor make a principal. */
const WITHOUT_PERMISSIONS: ReadonlySet<string> = new Set([
  "aws_iam_access_key",
  "aws_iam_account_alias",
  "aws_iam_account_password_policy",
  // A group alone is no principal, and grants nothing: its policies and members are read.
  "aws_iam_group",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_organizations_features",
  "aws_iam_outbound_web_identity_federation",
  "aws_iam_saml_provider",
  "aws_iam_security_token_service_preferences",
  "aws_iam_server_certificate",
  // AWS alone says who may assume it, one of its services, and what that may do.
  "aws_iam_service_linked_role",
  "aws_iam_service_specific_credential",
  "aws_iam_signing_certificate",
  "aws_iam_user_login_profile",
  "aws_iam_user_ssh_key",
  "aws_iam_virtual_mfa_device",
]);

/** Resource types of other services behind which IAM identities or policies are made. */
const MAKES_IDENTITIES: ReadonlySet<string> = new Set([
  // With the account comes its access role, which trusts the management account.
  "aws_organizations_account",
  "aws_serverlessapplicationrepository_cloudformation_stack",
  "aws_servicecatalog_provisioned_product",
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_instances",
  "aws_cloudformation_stack_set",
  "aws_cloudformation_stack_set_instance",
  "aws_cloudcontrolapi_resource",
  "aws_ssoadmin_customer_managed_policy_attachment",
  "aws_ssoadmin_permissions_boundary_attachment",
]);

/** Resource types by which principals get at resources besides the policies that are read. */
const GRANTS_ON_RESOURCES: ReadonlySet<string> = new Set([
  "aws_ecr_registry_policy",
  "aws_kms_external_key",
  "aws_kms_replica_external_key",
  "aws_s3_access_point",
  "aws_s3_bucket_acl",
  "aws_s3control_access_grant",
  "aws_s3control_access_point_policy",
  "aws_s3control_multi_region_access_point",
  "aws_s3control_multi_region_access_point_policy",
  "aws_s3control_object_lambda_access_point_policy",
]);

/** What a resource of a type that is not read may bear on. */
export interface Unread {
  readonly reason: string;
  readonly bearing: Exclude<Unknown["bearing"], "other">;
}

/**
 * Why a resource of a type that is not read may bear on who can assume what, or do what to a resource;
 * undefined where it cannot. `…_exclusive` types take policies away that are not in the configuration:
 * no grants.
 */
export function tryUnread(type: string): Unread | undefined {
  if (MAKES_IDENTITIES.has(type)) {
    return { reason: "it may make roles and policies that are not read", bearing: "access" };
  }
  if (GRANTS_ON_RESOURCES.has(type)) {
    return { reason: "it may give access to a resource that is not read", bearing: "resources" };
  }
  if (!/^(aws|awscc)_iam_/.test(type)) return undefined;
  if (WITHOUT_PERMISSIONS.has(type) || type.endsWith("_exclusive")) return undefined;
  return { reason: "this type of IAM resource is not read", bearing: "access" };
}
