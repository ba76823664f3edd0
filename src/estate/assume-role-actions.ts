import { coveredActions } from "../iam/evaluation/sts-action";
import { asArray, type Statement } from "../iam/policy-document";

/** Whether a statement's actions are, or may be, among those that assuming a role needs. */
export function mayBearOnAssumingRoles(statement: Statement): boolean {
  return statement.NotAction !== undefined || coveredActions(asArray(statement.Action)).size > 0;
}
