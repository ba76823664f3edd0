import type { ResourceType } from "./resources/resource-type";
import { isSamePolicy } from "../iam/same-policy";
import type { ResourceState } from "./stack-state";
import { canonicalText, unknownsIn, type Attributes } from "./value";

/**
 * Names of the arguments by which a resource differs from what is wanted, sorted: what AWS shows
 * counts before what was applied last, so that changes from outside are noticed. Without a type, only
 * what was applied last is compared.
 */
export function differingArguments(
  wanted: Attributes,
  current: ResourceState,
  type: ResourceType | undefined,
): readonly string[] {
  const names = new Set([...Object.keys(wanted), ...Object.keys(current.arguments)]);
  return [...names].filter((name) => differs(name, wanted[name], current, type)).sort();
}

function differs(
  name: string,
  wanted: unknown,
  current: ResourceState,
  type: ResourceType | undefined,
): boolean {
  if (unknownsIn(wanted).length > 0) {
    // What never becomes known stands in the state as it is written; what does differs from that.
    return canonicalText(wanted) !== canonicalText(current.arguments[name]);
  }
  const actual = name in current.attributes ? current.attributes[name] : current.arguments[name];
  if (type?.policies?.includes(name) && typeof wanted === "string" && typeof actual === "string") {
    return !isSamePolicy(wanted, actual);
  }
  if (type?.sets?.includes(name)) return setText(wanted) !== setText(actual);
  return canonicalText(wanted) !== canonicalText(actual);
}

function setText(value: unknown): string {
  return canonicalText(
    Array.isArray(value) ? [...new Set(value.map(canonicalText))].sort() : value,
  );
}
