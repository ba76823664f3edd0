/** The actions of an identity policy that bear on assuming a role. */
export const ASSUMING_ACTIONS = [
  "sts:AssumeRole",
  "sts:SetSourceIdentity",
  "sts:TagSession",
] as const;

/**
 * The actions that this project asks about besides: those that its policies on resources allow, and
 * those with which logs could be deleted, changed or stopped. The list of AWS managed policies
 * (`managed-policies.json`) knows no others.
 */
export const JUDGED_ACTIONS = [
  ...service("cloudtrail", [
    ...["DeleteTrail", "PutEventSelectors", "PutInsightSelectors", "StopLogging", "UpdateTrail"],
  ]),
  ...service("config", [
    ...["DeleteAggregationAuthorization", "DeleteConfigurationAggregator"],
    ...["DeleteConfigurationRecorder", "DeleteDeliveryChannel", "PutConfigurationAggregator"],
    ...["PutConfigurationRecorder", "PutDeliveryChannel", "StopConfigurationRecorder"],
  ]),
  ...service("ecr", [
    ...["BatchCheckLayerAvailability", "BatchDeleteImage", "BatchGetImage", "CompleteLayerUpload"],
    ...["DeleteRepository", "DeleteRepositoryPolicy", "DescribeImages", "DescribeRepositories"],
    ...["GetAuthorizationToken", "GetDownloadUrlForLayer", "GetRepositoryPolicy"],
    ...["InitiateLayerUpload", "ListImages", "PutImage", "SetRepositoryPolicy", "UploadLayerPart"],
  ]),
  ...service("events", ["PutEvents", "PutPermission", "RemovePermission"]),
  ...service("kms", [
    ...["CreateAlias", "CreateGrant", "Decrypt", "DeleteAlias", "DescribeKey", "DisableKey"],
    ...["DisableKeyRotation", "EnableKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair"],
    ...["GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GetKeyPolicy"],
    ...["ListGrants", "PutKeyPolicy", "ReEncryptFrom", "ReEncryptTo", "RetireGrant"],
    ...["RevokeGrant", "ScheduleKeyDeletion", "UpdateAlias"],
  ]),
  ...service("lambda", [
    "AddPermission",
    "InvokeFunction",
    "InvokeFunctionUrl",
    "RemovePermission",
  ]),
  ...service("s3", [
    ...[
      "AbortMultipartUpload",
      "BypassGovernanceRetention",
      "DeleteBucket",
      "DeleteBucketPolicy",
      "DeleteObject",
    ],
    ...["DeleteObjectTagging", "DeleteObjectVersion", "GetBucketAcl", "GetBucketLocation"],
    ...["GetBucketPolicy", "GetObject", "GetObjectVersion", "ListBucket", "ListBucketVersions"],
    ...["PutBucketAcl", "PutBucketObjectLockConfiguration", "PutBucketOwnershipControls"],
    ...["PutBucketPolicy", "PutBucketPublicAccessBlock", "PutBucketVersioning"],
    ...["PutEncryptionConfiguration", "PutLifecycleConfiguration", "PutObject", "PutObjectAcl"],
    ...["PutObjectLegalHold", "PutObjectRetention", "PutReplicationConfiguration"],
  ]),
  ...service("secretsmanager", [
    ...["DeleteResourcePolicy", "DeleteSecret", "DescribeSecret", "GetResourcePolicy"],
    ...["GetSecretValue", "PutResourcePolicy", "PutSecretValue", "UpdateSecret"],
  ]),
  ...service("sns", [
    ...["AddPermission", "DeleteTopic", "Publish", "RemovePermission", "SetTopicAttributes"],
    "Subscribe",
  ]),
  ...service("sqs", [
    ...["AddPermission", "ChangeMessageVisibility", "DeleteMessage", "DeleteQueue"],
    ...["GetQueueAttributes", "GetQueueUrl", "PurgeQueue", "ReceiveMessage", "RemovePermission"],
    ...["SendMessage", "SetQueueAttributes"],
  ]),
];

function service(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}:${name}`);
}
