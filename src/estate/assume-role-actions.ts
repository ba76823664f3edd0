import { coveredActions, type StsAction } from "../iam/evaluation/sts-action";
import { asArray, type Statement } from "../iam/policy-document";

/** Operations by which a role is assumed. */
export const ASSUMING = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
] as const satisfies readonly StsAction[];
export type AssumingAction = (typeof ASSUMING)[number];

/** Whether a statement's actions are, or may be, among those that assuming a role needs. */
export function mayBearOnAssumingRoles(statement: Statement): boolean {
  return statement.NotAction !== undefined || coveredActions(asArray(statement.Action)).size > 0;
}
