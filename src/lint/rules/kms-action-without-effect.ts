import { actionsOfService, matches } from "../actions";
import { accountOf, awsPrincipals } from "../principals";
import { statementRule } from "../rule";

/** What another account can do with a key (KMS Developer Guide, the page below). */
const ACROSS_ACCOUNTS = [
  ...["Decrypt", "DeriveSharedSecret", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair"],
  ...["GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac"],
  ...["ReEncryptFrom", "ReEncryptTo", "Sign", "Verify", "VerifyMac"],
  ...["CreateGrant", "DescribeKey", "GetKeyRotationStatus", "GetPublicKey", "ListGrants"],
  ...["RetireGrant", "RevokeGrant"],
].map((name) => `kms:${name}`);

/** Actions that a key policy gives to another account for nothing. */
export const kmsActionWithoutEffect = statementRule({
  id: "kms-action-without-effect",
  severity: "warning",
  explains: "KMS lets other accounts use a key, not administer it: the action does nothing there",
  remedy: "take the action out of the statement for the other account",
  page: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  found({ policy, statement }) {
    if (policy.ownerType !== "aws_kms_key" || statement.Effect !== "Allow") return undefined;
    const others = awsPrincipals(statement).filter(
      (principal) => (accountOf(principal) ?? policy.accountId) !== policy.accountId,
    );
    const idle = actionsOfService(statement, "kms").filter(
      (pattern) => !ACROSS_ACCOUNTS.some((action) => matches(pattern, action)),
    );
    return others.length === 0 || idle.length === 0
      ? undefined
      : `${idle.join(", ")} for ${others.join(", ")}`;
  },
});
