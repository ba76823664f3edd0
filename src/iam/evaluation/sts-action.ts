import { matchesAction, parseActions } from "./action-patterns";

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

/** Those of the actions that one of the patterns of an `Action` element covers. */
export function coveredActions(patterns: readonly string[]): ReadonlySet<StsAction> {
  const parsed = parseActions(patterns);
  return new Set(STS_ACTIONS.filter((action) => matchesAction(parsed, action)));
}

/** Whether an action is one of those that assuming a role can need. */
export function isStsAction(action: string): action is StsAction {
  return STS_ACTIONS.some((known) => known === action);
}
