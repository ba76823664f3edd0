import { cloudtrail } from "./cloudtrail";
import { configDeliveryChannel, configRecorder, configRecorderStatus } from "./config-recording";
import { eventRule } from "./event-rule";
import { eventTarget } from "./event-target";
import { iamInlinePolicy } from "./iam-inline-policy";
import { iamInstanceProfile } from "./iam-instance-profile";
import { iamGroupMembership, iamUserGroupMembership } from "./iam-memberships";
import { iamOidcProvider } from "./iam-oidc-provider";
import { iamPolicy } from "./iam-policy";
import { iamPolicyAttachment } from "./iam-policy-attachment";
import { iamRole } from "./iam-role";
import { iamServiceLinkedRole } from "./iam-service-linked-role";
import { iamGroup, iamUser } from "./iam-user-and-group";
import { kmsAlias } from "./kms-alias";
import { kmsGrant } from "./kms-grant";
import { kmsKey } from "./kms-key";
import { kmsKeyPolicy } from "./kms-key-policy";
import { lambdaFunction } from "./lambda-function";
import { lambdaPermission } from "./lambda-permission";
import { organizationsPolicy, organizationsPolicyAttachment } from "./organizations-policy";
import { namedResourceType } from "./named-resource";
import { namedResourcePolicy } from "./named-resource-policy";
import {
  apiDestination,
  configAggregateAuthorization,
  configAggregator,
  ecrReplication,
  logGroup,
} from "./regional-setting";
import type { ResourceType } from "./resource-type";
import { s3Bucket } from "./s3-bucket";
import { s3BucketPolicy } from "./s3-bucket-policy";
import { s3BucketSetting } from "./s3-bucket-setting";
import { secret, secretPolicy } from "./secret";
import { snsTopicSubscription } from "./sns-topic-subscription";
import { ssoAccountAssignment } from "./sso-account-assignment";
import { ssoPermissionSet } from "./sso-permission-set";
import { ssoInlinePolicy, ssoManagedPolicy } from "./sso-permission-set-policies";

/** What of a bucket has a resource of its own. */
const BUCKET_SETTINGS = [
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_object_lock_configuration",
] as const;

const SIMULATED: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
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
  ["aws_iam_service_linked_role", iamServiceLinkedRole],
  ["aws_kms_key", kmsKey("aws_kms_key")],
  ["aws_kms_replica_key", kmsKey("aws_kms_replica_key")],
  ["aws_kms_key_policy", kmsKeyPolicy],
  ["aws_kms_alias", kmsAlias],
  ["aws_kms_grant", kmsGrant],
  ["aws_s3_bucket", s3Bucket],
  ["aws_s3_bucket_policy", s3BucketPolicy],
  ...BUCKET_SETTINGS.map((type) => [type, s3BucketSetting(type)] as const),
  ["aws_ecr_repository", namedResourceType("aws_ecr_repository")],
  ["aws_ecr_repository_policy", namedResourcePolicy("aws_ecr_repository", "repository")],
  ["aws_ecr_replication_configuration", ecrReplication],
  ["aws_secretsmanager_secret", secret],
  ["aws_secretsmanager_secret_policy", secretPolicy],
  ["aws_sns_topic", namedResourceType("aws_sns_topic")],
  ["aws_sns_topic_policy", namedResourcePolicy("aws_sns_topic", "arn")],
  ["aws_sqs_queue", namedResourceType("aws_sqs_queue")],
  ["aws_sqs_queue_policy", namedResourcePolicy("aws_sqs_queue", "queue_url")],
  ["aws_cloudwatch_event_bus", namedResourceType("aws_cloudwatch_event_bus")],
  [
    "aws_cloudwatch_event_bus_policy",
    namedResourcePolicy("aws_cloudwatch_event_bus", "event_bus_name"),
  ],
  ["aws_cloudwatch_event_rule", eventRule],
  ["aws_cloudwatch_event_target", eventTarget],
  ["aws_cloudwatch_event_api_destination", apiDestination],
  ["aws_cloudwatch_log_group", logGroup],
  ["aws_sns_topic_subscription", snsTopicSubscription],
  ["aws_lambda_function", lambdaFunction],
  ["aws_lambda_permission", lambdaPermission],
  ["aws_ssoadmin_permission_set", ssoPermissionSet],
  ["aws_ssoadmin_permission_set_inline_policy", ssoInlinePolicy],
  ["aws_ssoadmin_managed_policy_attachment", ssoManagedPolicy],
  ["aws_ssoadmin_account_assignment", ssoAccountAssignment],
  ["aws_organizations_policy", organizationsPolicy],
  ["aws_organizations_policy_attachment", organizationsPolicyAttachment],
  ["aws_cloudtrail", cloudtrail],
  ["aws_config_configuration_recorder", configRecorder],
  ["aws_config_configuration_recorder_status", configRecorderStatus],
  ["aws_config_delivery_channel", configDeliveryChannel],
  ["aws_config_aggregate_authorization", configAggregateAuthorization],
  ["aws_config_configuration_aggregator", configAggregator],
]);

/**
 * What the provider knows of a resource type; undefined for a type that the simulated accounts do not
 * know: it is kept in state only.
 */
export function tryResourceType(type: string): ResourceType | undefined {
  return SIMULATED.get(type);
}
