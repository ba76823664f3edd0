import { matchesPattern, parsePattern } from "./wildcard-pattern";

/**
 * The permissions that assuming a role can need. `sts:TagSession` and `sts:SetSourceIdentity` are
 * permissions only: no API operation has these names.
 */
export const STS_ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
  "sts:TagSession",
  "sts:SetSourceIdentity",
] as const;
export type StsAction = (typeof STS_ACTIONS)[number];

/**
 * Those of the actions that one of the patterns of an `Action` element covers. Service prefix and
 * name are case-insensitive (IAM User Guide, "IAM JSON policy elements: Action").
 */
export function coveredActions(patterns: readonly string[]): ReadonlySet<StsAction> {
  const parsed = patterns.map((pattern) => parsePattern(pattern.toLowerCase()));
  return new Set(
    STS_ACTIONS.filter((action) =>
      parsed.some((pattern) => matchesPattern(pattern, action.toLowerCase())),
    ),
  );
}
