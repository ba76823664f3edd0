/** The rules of `src/lint` by their ids, which entries of accounts.json silence. */
export const LINT_RULE_IDS = [
  "account-trust-of-any-organization",
  "assume-role-on-everything",
  "aws-managed-key-for-shared-secret",
  "chained-session-over-an-hour",
  "ecr-token-in-repository-policy",
  "external-id-for-anyone",
  "external-id-in-own-account",
  "kms-action-without-effect",
  "kms-alias-as-resource",
  "mfa-if-exists",
  "mfa-never-passes",
  "not-principal",
  "root-as-principal-arn",
  "session-permission-on-one-side",
  "unknown-action",
  "unknown-condition-key",
  "wildcard-in-arn-equals",
] as const;

export type LintRuleId = (typeof LINT_RULE_IDS)[number];

/** Rules that an entry silences, each with the reason. */
export type Silence = Readonly<Partial<Record<LintRuleId, string>>>;
