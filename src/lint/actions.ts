import { matchesAction, parseActions } from "../iam/evaluation/action-patterns";
import { asArray, type Statement } from "../iam/policy-document";

/** The action patterns of a statement as they are written. */
export function actionsOf({ Action, NotAction }: Statement): readonly string[] {
  return [...asArray(Action), ...asArray(NotAction)];
}

/** The patterns of `Action` that begin with a service's prefix, in any case: what is meant for it. */
export function actionsOfService({ Action }: Statement, service: string): readonly string[] {
  return asArray(Action).filter((action) => action.toLowerCase().startsWith(`${service}:`));
}

/** Whether a pattern matches an action. */
export function matches(pattern: string, action: string): boolean {
  return matchesAction(parseActions([pattern]), action);
}

/**
 * Whether a statement of a trust policy lets somebody in: one that allows tagging sessions or setting their
 * source identity alone does not.
 */
export function letsAssume({ Action, NotAction }: Statement): boolean {
  return (
    NotAction !== undefined || asArray(Action).some((action) => matches(action, "sts:AssumeRole"))
  );
}
