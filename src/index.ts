/*
 * The package's surface: the constructs and what their props are made of, for use in any CDKTF
 * program, without accounts.json. docs/constructs.md has an example of each.
 */
export { AssumeRolePermission } from "./constructs/assume-role-permission";
export type {
  AssumeRolePermissionProps,
  AssumingIdentity,
} from "./constructs/assume-role-permission";
export { CrossAccountGroup } from "./constructs/cross-account-group";
export type { CrossAccountGroupProps } from "./constructs/cross-account-group";
export { CrossAccountRole } from "./constructs/cross-account-role";
export type { CrossAccountRoleProps } from "./constructs/cross-account-role";
export { CrossAccountUser } from "./constructs/cross-account-user";
export type { CrossAccountUserProps } from "./constructs/cross-account-user";
export { ExecutionRole } from "./constructs/execution-role";
export type { ExecutionRoleProps } from "./constructs/execution-role";
export { OidcProvider } from "./constructs/oidc-provider";
export type { OidcProviderProps } from "./constructs/oidc-provider";
export { TrustOutputs } from "./constructs/trust-outputs";
export type { TrustOutputsProps } from "./constructs/trust-outputs";
export type { Partition } from "./iam/arn";
export type { PolicyDocument, Statement } from "./iam/policy-document";
export { EMPTY_LOCK } from "./trust/lock";
export type { ConfirmedPrincipal, Lock } from "./trust/lock";
export { readLock } from "./trust/lock-file";
export { principalTrust } from "./trust/principal-trust";
export type { PrincipalTrustOptions } from "./trust/principal-trust";
export type {
  AccountTrust,
  GroupTrust,
  OidcTrust,
  PrincipalTrust,
  ServiceTrust,
  Tighten,
  Trust,
} from "./trust/trust";
