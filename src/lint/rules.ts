import type { LintRule } from "./rule";
import { accountTrustOfAnyOrganization } from "./rules/account-trust-of-any-organization";
import { assumeRoleOnEverything } from "./rules/assume-role-on-everything";
import { awsManagedKeyForSharedSecret } from "./rules/aws-managed-key-for-shared-secret";
import { chainedSessionOverAnHour } from "./rules/chained-session-over-an-hour";
import { ecrTokenInRepositoryPolicy } from "./rules/ecr-token-in-repository-policy";
import { externalIdForAnyone } from "./rules/external-id-for-anyone";
import { externalIdInOwnAccount } from "./rules/external-id-in-own-account";
import { kmsActionWithoutEffect } from "./rules/kms-action-without-effect";
import { kmsAliasAsResource } from "./rules/kms-alias-as-resource";
import { mfaIfExists } from "./rules/mfa-if-exists";
import { mfaNeverPasses } from "./rules/mfa-never-passes";
import { notPrincipal } from "./rules/not-principal";
import { rootAsPrincipalArn } from "./rules/root-as-principal-arn";
import { sessionPermissionOnOneSide } from "./rules/session-permission-on-one-side";
import { unknownAction } from "./rules/unknown-action";
import { unknownConditionKey } from "./rules/unknown-condition-key";
import { wildcardInArnEquals } from "./rules/wildcard-in-arn-equals";

/** Every rule, by id. */
export const LINT_RULES: readonly LintRule[] = [
  accountTrustOfAnyOrganization,
  assumeRoleOnEverything,
  awsManagedKeyForSharedSecret,
  chainedSessionOverAnHour,
  ecrTokenInRepositoryPolicy,
  externalIdForAnyone,
  externalIdInOwnAccount,
  kmsActionWithoutEffect,
  kmsAliasAsResource,
  mfaIfExists,
  mfaNeverPasses,
  notPrincipal,
  rootAsPrincipalArn,
  sessionPermissionOnOneSide,
  unknownAction,
  unknownConditionKey,
  wildcardInArnEquals,
];
