import { asArray, type PolicyDocument } from "../../iam/policy-document";
import { accountOf, awsPrincipals } from "../principals";
import type { LintRule } from "../rule";

/** A secret that other accounts may read, encrypted by a key that they cannot use. */
export const awsManagedKeyForSharedSecret: LintRule = {
  id: "aws-managed-key-for-shared-secret",
  severity: "error",
  explains: "aws/secretsmanager, the key of AWS's own, cannot be used by other accounts",
  remedy: "encrypt the secret with a customer managed key whose policy lets them decrypt",
  page: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html",
  find: ({ estate }) =>
    [...estate.resources.values()].flatMap((secret) => {
      const { type, arn, accountId, policy, encryptedWith, defined, origin } = secret;
      if (type !== "aws_secretsmanager_secret" || typeof policy !== "object") return [];
      const others = otherAccounts(policy, accountId);
      // Of a secret that exists already its key is not told.
      if (!defined || encryptedWith !== undefined || others.length === 0) return [];
      const found = `shared with ${others.join(", ")}, without kms_key_id`;
      return [{ ownerArn: arn, accountId, origin, found }];
    }),
};

function otherAccounts(policy: PolicyDocument, accountId: string): readonly string[] {
  const principals = asArray(policy.Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(awsPrincipals);
  return [...new Set(principals.filter((one) => accountOf(one) !== accountId))].sort();
}
