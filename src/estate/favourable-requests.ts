import { evaluateConditions, type Condition } from "../iam/evaluation/conditions";
import type { AccessRequest } from "../iam/evaluation/request";
import type { Truth } from "../iam/evaluation/three-valued";
import { ALWAYS_PRESENT, conditionsByOpenKey, type Subject } from "./open-keys";
import { contextOf, everyCombination, type KeyValues, type RequestValues } from "./request-values";
import { sampleValues, type KeyValue } from "./sample-values";

/** A condition key that requests may carry with several values, and those that are worth a try. */
export interface Choice extends KeyValues {
  /** Whether a request without the key may meet the demands. */
  readonly mayLack: boolean;
}

/**
 * Requests that may get in: each with a value for every key with a choice, those that carry least first.
 * None where no value was found for one of them.
 */
export function* favourableRequests(choices: readonly Choice[]): Generator<RequestValues> {
  if (choices.some(({ values }) => values.length === 0)) return;
  yield* everyCombination(choices);
}

/**
 * What every request must carry that needs a permission of its own: a source identity, session tags.
 */
export function unavoidable(choices: readonly Choice[]): RequestValues {
  return new Map(
    choices
      .filter(({ key, mayLack }) => !mayLack && NEEDS_PERMISSION.test(key))
      .map(({ key, values: [value = "any"] }) => [key, value]),
  );
}

const NEEDS_PERMISSION =
  /^(sts:SourceIdentity|aws:TagKeys|aws:RequestTag\/.*|sts:TransitiveTagKeys)$/i;

/**
 * The keys that requests may carry so or otherwise. All values meet `demanded`, the conditions of the
 * statement that lets the principal in; `mentioned` are the conditions of all policies involved.
 */
export function choicesFor(
  request: AccessRequest,
  subject: Subject,
  demanded: readonly Condition[],
  mentioned: readonly Condition[],
): readonly Choice[] {
  const byKey = conditionsByOpenKey([...demanded, ...mentioned], subject);
  return [...byKey].map(([lowerCaseKey, conditions]) => {
    const asked = demanded.filter((condition) => condition.lowerCaseKey === lowerCaseKey);
    return choiceOf(request, conditions, asked);
  });
}

function choiceOf(
  request: AccessRequest,
  conditions: readonly Condition[],
  demanded: readonly Condition[],
): Choice {
  const [{ key, lowerCaseKey }] = conditions;
  const values: readonly KeyValue[] = [
    ...(ALWAYS_PRESENT.has(lowerCaseKey) ? [] : [undefined]),
    ...sampleValues(conditions, request),
  ];
  const truthWith = (value: KeyValue): Truth => {
    const context = contextOf(new Map([[key, value]]));
    return evaluateConditions(demanded, { ...request, context }).truth;
  };
  const outcomes = values.map((value) => ({ value, truth: truthWith(value) }));
  const meeting = (wanted: Truth): readonly KeyValue[] =>
    outcomes.filter(({ truth }) => truth === wanted).map(({ value }) => value);
  return {
    key,
    values: [...meeting("yes"), ...meeting("unknown")],
    mayLack: truthWith(undefined) !== "no",
  };
}
