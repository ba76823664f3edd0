import { asArray, type Statement } from "../policy-document";
import { matchesPattern, parsePattern, type WildcardPattern } from "./wildcard-pattern";

/**
 * The patterns of an `Action` or `NotAction` element. Service prefix and name are case-insensitive
 * (IAM User Guide, "IAM JSON policy elements: Action").
 */
export type ActionPatterns = readonly WildcardPattern[];

/** Reads the patterns of an `Action` or `NotAction` element. */
export function parseActions(patterns: readonly string[]): ActionPatterns {
  return patterns.map((pattern) => parsePattern(pattern.toLowerCase()));
}

/** Whether one of the patterns matches an action. */
export function matchesAction(patterns: ActionPatterns, action: string): boolean {
  const lowerCase = action.toLowerCase();
  return patterns.some((pattern) => matchesPattern(pattern, lowerCase));
}

/** Tells for a statement whether it covers an action: by `Action`, else by `NotAction`. */
export function actionTest({ Action, NotAction }: Statement): (action: string) => boolean {
  if (Action === undefined) {
    const excluded = parseActions(asArray(NotAction));
    return (action) => !matchesAction(excluded, action);
  }
  const patterns = parseActions(asArray(Action));
  return (action) => matchesAction(patterns, action);
}
