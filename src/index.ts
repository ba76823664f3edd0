/*
 * The package's surface: the constructs and what their props are made of, for use in any CDKTF
 * program, without accounts.json. docs/constructs.md has an example of each.
 */
export { AccountLogs } from "./constructs/account-logs";
export type { AccountLogsProps } from "./constructs/account-logs";
export { AssumeRolePermission } from "./constructs/assume-role-permission";
export type {
  AssumeRolePermissionProps,
  AssumingIdentity,
} from "./constructs/assume-role-permission";
export { CrossAccountBucket } from "./constructs/cross-account-bucket";
export { CrossAccountEventBus } from "./constructs/cross-account-event-bus";
export { CrossAccountFunction } from "./constructs/cross-account-function";
export { CrossAccountGroup } from "./constructs/cross-account-group";
export type { CrossAccountGroupProps } from "./constructs/cross-account-group";
export { CrossAccountKey } from "./constructs/cross-account-key";
export type { CrossAccountKeyProps } from "./constructs/cross-account-key";
export { CrossAccountQueue } from "./constructs/cross-account-queue";
export { CrossAccountRepository } from "./constructs/cross-account-repository";
export type {
  CrossAccountResource,
  CrossAccountResourceProps,
} from "./constructs/cross-account-resource";
export { CrossAccountRole } from "./constructs/cross-account-role";
export type { CrossAccountRoleProps } from "./constructs/cross-account-role";
export { CrossAccountSecret } from "./constructs/cross-account-secret";
export { CrossAccountTopic } from "./constructs/cross-account-topic";
export { CrossAccountUser } from "./constructs/cross-account-user";
export type { CrossAccountUserProps } from "./constructs/cross-account-user";
export { EcrReplication } from "./constructs/ecr-replication";
export type { EcrReplicationProps } from "./constructs/ecr-replication";
export { ExecutionRole } from "./constructs/execution-role";
export type { ExecutionRoleProps } from "./constructs/execution-role";
export { KeyGrants } from "./constructs/key-grants";
export type { KeyGrantProps, KeyGrantsProps } from "./constructs/key-grants";
export { ManagedKey } from "./constructs/managed-key";
export type { ManagedKeyProps } from "./constructs/managed-key";
export { OidcProvider } from "./constructs/oidc-provider";
export type { OidcProviderProps } from "./constructs/oidc-provider";
export { OnlyPathPolicies } from "./constructs/only-path-policies";
export type { OnlyPathPoliciesProps } from "./constructs/only-path-policies";
export { PermissionSet } from "./constructs/permission-set";
export type { PermissionSetAssignee, PermissionSetProps } from "./constructs/permission-set";
export { assumeRolePolicy } from "./iam/assume-role-policy";
export { PrivateBucket } from "./constructs/private-bucket";
export type { PrivateBucketProps } from "./constructs/private-bucket";
export { ResourcePermission } from "./constructs/resource-permission";
export type { ResourcePermissionProps, UsingIdentity } from "./constructs/resource-permission";
export { RoleUseEvents } from "./constructs/role-use-events";
export type { RoleUseEventsProps } from "./constructs/role-use-events";
export { RoleUseNotifications } from "./constructs/role-use-notifications";
export type { RoleUseNotificationsProps } from "./constructs/role-use-notifications";
export { TrustOutputs } from "./constructs/trust-outputs";
export type { TrustOutputsProps } from "./constructs/trust-outputs";
export type { Partition } from "./iam/arn";
export type { PolicyDocument, Statement } from "./iam/policy-document";
export type {
  AccountLogging,
  ConfigAggregator,
  ConfigRecording,
  LogBucket,
  LogKey,
  LogSources,
  Trail,
} from "./logging/logs";
export { busArn } from "./notifications/notifications";
export type {
  ApiDestination,
  NotificationHub,
  NotifiedRole,
  RoleUseSource,
} from "./notifications/notifications";
export { notifierStatements, readerStatements } from "./notifications/role-documents";
export type { GuardedAccount } from "./only-path/guarded-account";
export { identityHalf } from "./sharing/identity-half";
export type {
  AllowedGrant,
  SharedBucket,
  SharedEcrRepository,
  SharedEventBus,
  SharedFunction,
  SharedKmsKey,
  SharedQueue,
  SharedResource,
  SharedSecret,
  SharedTopic,
  SharingTrust,
} from "./sharing/shared-resource";
export { EMPTY_LOCK } from "./trust/lock";
export type { ConfirmedPrincipal, Lock } from "./trust/lock";
export { readLock } from "./trust/lock-file";
export { principalTrust } from "./trust/principal-trust";
export type { PrincipalTrustOptions } from "./trust/principal-trust";
export type {
  AccountTrust,
  GroupTrust,
  OidcTrust,
  PermissionSetTrust,
  PrincipalTrust,
  ServiceTrust,
  Tighten,
  Trust,
} from "./trust/trust";
export type { TrustLimits } from "./trust/trust-limits";
