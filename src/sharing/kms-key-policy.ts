import { accountPrincipalArn } from "../iam/arn";
import { oneOrMany, type PolicyDocument, type Statement } from "../iam/policy-document";
import { stagedStatements } from "../trust/staged-statements";
import { namedPolicy, type NamedStatements } from "./named-statements";
import type { AllowedGrant, SharedKmsKey } from "./shared-resource";

/** What a using account may do with the key itself (AWS KMS Developer Guide, "Allowing users in other accounts to use a KMS key"). */
export const KEY_USE_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
] as const;

/** The operations on grants; `kms:GrantIsForAWSResource` is known to all three. */
export const GRANT_ACTIONS = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"] as const;

/** Grants by AWS services on the caller's behalf, such as EC2 for an encrypted volume. */
export const GRANTS_BY_SERVICES = { Bool: { "kms:GrantIsForAWSResource": "true" } } as const;

/** What Auto Scaling does with the key of an encrypted volume (EC2 Auto Scaling User Guide, "Required AWS KMS key policy"). */
export const GRANTED_OPERATIONS = [
  "CreateGrant",
  "Decrypt",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
] as const;

/**
 * The policy of a shared key: administration by the owning account alone, use and grants for the
 * trusts, and for each allowed grant what its maker needs. `Resource` is the key itself (`*`).
 */
export function kmsKeyPolicy(key: SharedKmsKey): PolicyDocument {
  return namedPolicy(key.keep, [
    keyAdministration(key),
    {
      name: "Use",
      statements: stagedStatements(key.trusts, { actions: KEY_USE_ACTIONS, resources: "*" }),
    },
    {
      name: "GrantsByServices",
      statements: stagedStatements(key.trusts, {
        actions: GRANT_ACTIONS,
        resources: "*",
        conditions: GRANTS_BY_SERVICES,
      }),
    },
    { name: "GrantsToServiceLinkedRoles", statements: grantStatements(key.grants) },
    {
      // Neither request names a grantee, so under that condition both would be refused.
      name: "GrantUpkeep",
      statements: stagedStatements(
        key.grants.map(({ maker }) => maker),
        { actions: ["kms:ListGrants", "kms:RevokeGrant"], resources: "*" },
      ),
    },
  ]);
}

/** Everything, for the account's own IAM policies to hand out: without it nobody could change the key. */
export function keyAdministration({
  partition,
  accountId,
}: Pick<SharedKmsKey, "partition" | "accountId">): NamedStatements {
  return {
    name: "Administration",
    statements: [
      {
        Effect: "Allow",
        Principal: { AWS: accountPrincipalArn(partition, accountId) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
}

/**
 * `CreateGrant` to the service-linked role of the maker's own account alone. The account stands there
 * as a policy variable, so makers share a statement (a key policy has only 32,768 bytes) and none may
 * name another account's role.
 */
function grantStatements(grants: readonly AllowedGrant[]): readonly Statement[] {
  const grantees = grants.map(({ maker, granteeArn }) =>
    granteeArn.replace(`::${maker.accountId}:`, "::${aws:PrincipalAccount}:"),
  );
  return stagedStatements(
    grants.map(({ maker }) => maker),
    {
      actions: "kms:CreateGrant",
      resources: "*",
      conditions: {
        StringEquals: { "kms:GranteePrincipal": oneOrMany([...new Set(grantees)].sort()) },
      },
    },
  );
}
