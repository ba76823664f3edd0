import { asArray, type Conditions } from "../policy-document";
import { conditionOperator, type ValueComparison } from "./condition-operators";
import type { AccessRequest } from "./request";
import { isUncertain, lookUpKey, type KnownValue } from "./request-keys";
import { and, not, or, truthOf, type Truth } from "./three-valued";

/** One operator with one key and its values: the smallest part of a `Condition` element. */
export interface Condition {
  /** As written in the policy. */
  readonly operator: string;
  /** As written in the policy. */
  readonly key: string;
  readonly values: readonly string[];
  readonly lowerCaseKey: string;
  readonly test: ConditionTest;
}

type ConditionTest =
  { readonly kind: "null" } | ComparisonTest | { readonly kind: "not an operator" };

interface ComparisonTest {
  readonly kind: "comparison";
  readonly set?: "any" | "all";
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly comparisons: readonly ValueComparison[];
}

/** How a `Condition` element as a whole came out. */
export interface ConditionsOutcome {
  readonly truth: Truth;
  /** The first part that is not met or, where all others are met, that cannot be told. */
  readonly decidedBy?: Condition;
}

/** Reads a `Condition` element. Operators and keys are case-insensitive. */
export function compileConditions(
  conditions: Conditions | undefined,
  variables: boolean,
): readonly Condition[] {
  return Object.entries(conditions ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, oneOrMany]) => {
      // A policy may write true and 15 without quotes.
      const values = asArray(oneOrMany).map(String);
      const test = compileTest(operator, values, variables);
      return { operator, key, values, lowerCaseKey: key.toLowerCase(), test };
    }),
  );
}

/** Whether all parts of a `Condition` element are met. */
export function evaluateConditions(
  conditions: readonly Condition[],
  check: AccessRequest,
): ConditionsOutcome {
  let undecided: Condition | undefined;
  for (const condition of conditions) {
    const truth = evaluateCondition(condition, check);
    if (truth === "no") return { truth, decidedBy: condition };
    if (truth === "unknown") undecided ??= condition;
  }
  return undecided === undefined ? MET : { truth: "unknown", decidedBy: undecided };
}

/** Why it cannot be told whether a condition is met, as a clause. */
export function whyUndecided(
  { operator, lowerCaseKey, test }: Condition,
  check: AccessRequest,
): string {
  if (test.kind === "not an operator") return `IAM has no condition operator ${operator}`;
  const value = lookUpKey(check, lowerCaseKey);
  if (isUncertain(value)) return value.why;
  if (test.kind === "comparison" && test.set === undefined && Array.isArray(value)) {
    return "a key with several values takes ForAnyValue or ForAllValues";
  }
  return "AWS does not say how these values compare";
}

const MET: ConditionsOutcome = { truth: "yes" };

function compileTest(
  operator: string,
  values: readonly string[],
  variables: boolean,
): ConditionTest {
  const [, set, name, suffix] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  if (name === "null" && set === undefined && suffix === undefined) return { kind: "null" };
  const found = conditionOperator(name ?? "");
  if (found === undefined) return { kind: "not an operator" };
  return {
    kind: "comparison",
    set: set === undefined ? undefined : set === "foranyvalue" ? "any" : "all",
    negated: found.negated,
    ifExists: suffix !== undefined,
    comparisons: values.map((value) => found.compile(value, variables)),
  };
}

function evaluateCondition(condition: Condition, check: AccessRequest): Truth {
  const value = lookUpKey(check, condition.lowerCaseKey);
  if (!isUncertain(value)) return evaluateValue(condition, value, check);
  if (value.candidates === undefined) {
    return condition.test.kind === "null" ? evaluateNull(condition.values, true) : "unknown";
  }
  const outcomes = value.candidates.map((candidate) => evaluateValue(condition, candidate, check));
  return outcomes.every((outcome) => outcome === outcomes[0]) ? outcomes[0] : "unknown";
}

function evaluateValue(condition: Condition, value: KnownValue, check: AccessRequest): Truth {
  const { test } = condition;
  if (test.kind === "not an operator") return "unknown";
  const present = value !== undefined && (typeof value === "string" || value.length > 0);
  if (test.kind === "null") return evaluateNull(condition.values, present);
  const { set, negated, ifExists } = test;
  if (!present) {
    if (set === "all") return "yes";
    // AWS says that ForAnyValue is false without values, and that IfExists is true without the key.
    if (set === "any") return ifExists ? "unknown" : "no";
    return truthOf(ifExists || negated);
  }
  if (set === undefined) {
    // AWS demands a set operator for a key with several values, and does not say what else happens.
    return typeof value === "string" ? meets(test, value, check) : "unknown";
  }
  // Older pages of the User Guide take an empty text for no value, newer ones do not mention it.
  if (set === "all" && value === "") return "unknown";
  const outcomes = (typeof value === "string" ? [value] : value).map((single) =>
    meets(test, single, check),
  );
  return set === "all" ? outcomes.reduce(and, "yes") : outcomes.reduce(or, "no");
}

/** Several values of the policy: any of them (OR); under a negated operator none of them (NOR). */
function meets(
  { comparisons, negated }: ComparisonTest,
  value: string,
  check: AccessRequest,
): Truth {
  let matched: Truth = "no";
  for (const compare of comparisons) matched = or(matched, compare(value, check));
  return negated ? not(matched) : matched;
}

/** `Null`: `true` means that the key must be absent. */
function evaluateNull(values: readonly string[], present: boolean): Truth {
  return values
    .map((value): Truth => {
      const text = value.toLowerCase();
      if (text !== "true" && text !== "false") return "unknown";
      return truthOf((text === "true") === !present);
    })
    .reduce(or, "no");
}
