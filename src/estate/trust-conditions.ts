import { hasWildcard } from "../iam/evaluation/wildcard-pattern";
import type { RequestContext } from "../iam/evaluation/request";
import { asArray, type OneOrMany, type Statement } from "../iam/policy-document";

/** What a trust statement demands of a request besides its principal. */
export interface TrustDemands {
  /** A request that meets them as far as that can be told from the conditions. */
  readonly context: RequestContext;
  /** For people: `MFA`, `external ID agreed`; sorted. */
  readonly needs: readonly string[];
  /** Exact ARNs to which `aws:PrincipalArn` narrows the principals; undefined where it does not. */
  readonly onlyArns?: readonly string[];
  /** By what an account's principals are narrowed: their ARN, their unique ID, or not at all. */
  readonly guard: "arn" | "unique-id" | "none";
}

/** Keys that say who the caller is: the caller brings them, a request cannot choose them. */
const CALLER_KEYS = /^aws:(principalarn|principalaccount|principaltype|userid|username)$/;

/** Operators under which the first of the values is one that passes. */
const POSITIVE =
  /^(ForAnyValue:|ForAllValues:)?(String(Equals|Like)(IgnoreCase)?|Arn(Equals|Like)|IpAddress|NumericEquals|Bool)(IfExists)?$/i;

/** Reads the conditions of a statement that allows assuming a role. */
export function trustDemands(statement: Statement): TrustDemands {
  const keys: Record<string, OneOrMany<string>> = {};
  const needs: string[] = [];
  const guards: string[][] = [];
  let guard: TrustDemands["guard"] = "none";
  let context: RequestContext = {};
  for (const [operator, conditions] of Object.entries(statement.Condition ?? {})) {
    for (const [key, given] of Object.entries(conditions)) {
      const values = asArray(given).map(String);
      const name = key.toLowerCase();
      if (CALLER_KEYS.test(name)) {
        if (name === "aws:userid") guard = "unique-id";
        else if (name === "aws:principalarn" && guard === "none") guard = "arn";
        if (name === "aws:principalarn" && isExactList(operator, values)) guards.push([...values]);
        continue;
      }
      if (name === "aws:multifactorauthpresent") {
        needs.push("MFA");
        continue;
      }
      if (!POSITIVE.test(operator) || values.length === 0) {
        needs.push(`${key} ${operator} ${values.join(", ")}`);
        continue;
      }
      const value = sample(values[0]);
      switch (name) {
        case "sts:externalid":
          context = { ...context, externalId: value };
          needs.push(`external ID ${values.join(" or ")}`);
          break;
        case "aws:principalorgid":
          context = { ...context, organizationId: value };
          break;
        case "sts:sourceidentity":
          context = { ...context, sourceIdentity: value };
          needs.push(`source identity ${values.join(" or ")}`);
          break;
        case "sts:rolesessionname":
          context = { ...context, roleSessionName: value };
          needs.push(`session name ${values.join(" or ")}`);
          break;
        case "aws:sourceip":
          context = { ...context, sourceIp: value.replace(/\/.*$/, "") };
          needs.push(`address ${values.join(" or ")}`);
          break;
        default:
          keys[key] = value;
          needs.push(`${claimOf(key)} ${values.join(" or ")}`);
      }
    }
  }
  const onlyArns = guards.length === 0 ? undefined : intersection(guards);
  return {
    context: { ...context, keys },
    needs: needs.sort(),
    guard,
    ...(onlyArns !== undefined && { onlyArns }),
  };
}

/** `sub` of `token.actions.githubusercontent.com:sub`: the provider stands beside it anyway. */
function claimOf(key: string): string {
  return /^[^:/]+\.[^:]+:/.test(key) ? key.replace(/^.*:/, "") : key;
}

function isExactList(operator: string, values: readonly string[]): boolean {
  return (
    /^(Arn(Equals|Like)|String(Equals|Like))$/i.test(operator) &&
    !values.some((value) => hasWildcard(value) || value.includes("$"))
  );
}

/** A text that a pattern matches. */
function sample(pattern: string): string {
  return pattern.replace(/[*?]/g, "x");
}

function intersection(lists: readonly (readonly string[])[]): readonly string[] {
  const [first, ...others] = lists;
  return first.filter((value) => others.every((list) => list.includes(value)));
}
