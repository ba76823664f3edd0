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
