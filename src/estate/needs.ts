import type { Condition } from "../iam/evaluation/conditions";
import type { Caller } from "../iam/evaluation/request";
import type { RequestValues } from "./request-values";

/**
 * What a request must bring along, for people: `MFA`, `external ID agreed`; sorted. Where the statement
 * that lets the principal in asks for it, with all that it takes, else with what the request carries.
 */
export function needsOf(
  values: RequestValues,
  demanded: readonly Condition[],
  caller: Caller,
): readonly string[] {
  const needs = [...values].flatMap(([key, value]) => {
    if (value === undefined) return [];
    const asked = demanded.filter(({ lowerCaseKey }) => lowerCaseKey === key.toLowerCase());
    const texts = asked.filter(({ test }) => test.kind !== "null").map(needOf);
    return texts.length > 0 ? texts : [labelled(key, typeof value === "string" ? [value] : value)];
  });
  const session = caller.sessionName === undefined ? [] : [`session ${caller.sessionName}`];
  return [...new Set([...needs, ...session])].sort();
}

/** Operators whose values are the ones that pass. */
const POSITIVE =
  /^(ForAnyValue:|ForAllValues:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like)|IpAddress|(Numeric|Date)Equals|Bool)(IfExists)?$/i;

function needOf({ operator, key, values }: Condition): string {
  return POSITIVE.test(operator)
    ? labelled(key, values)
    : `${labelOf(key)} ${operator} ${values.join(", ")}`;
}

function labelled(key: string, values: readonly string[]): string {
  const label = labelOf(key);
  return label === MFA ? MFA : `${label} ${values.join(" or ")}`;
}

const MFA = "MFA";

const LABELS: ReadonlyMap<string, string> = new Map([
  ["aws:multifactorauthpresent", MFA],
  ["sts:externalid", "external ID"],
  ["sts:rolesessionname", "session name"],
  ["sts:sourceidentity", "source identity"],
  ["aws:principalorgid", "organization"],
  ["aws:sourceip", "address"],
]);

function labelOf(key: string): string {
  // `sub` of `token.actions.githubusercontent.com:sub`: the provider stands beside it anyway.
  return LABELS.get(key.toLowerCase()) ?? key.replace(/^[^:/]+\.[^:]+:/, "");
}
