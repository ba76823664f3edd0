import { evaluateConditions, type Condition } from "../iam/evaluation/conditions";
import type { AccessRequest } from "../iam/evaluation/request";
import type { Truth } from "../iam/evaluation/three-valued";
import { isOpenKey, type Subject } from "./open-keys";
import { contextOf, type RequestValues } from "./request-values";
import { sampleValues, type KeyValue } from "./sample-values";

/** A condition key that requests may carry with several values, and those that are worth a try. */
export interface Choice {
  /** As a policy spells it. */
  readonly key: string;
  readonly values: readonly KeyValue[];
  /** Whether a request without the key may meet the demands. */
  readonly mayLack: boolean;
}

/**
 * Requests that may get in: each with a value for every key with a choice, those that carry least first.
 * None where no value was found for one of them.
 */
export function* favourableRequests(choices: readonly Choice[]): Generator<RequestValues> {
  if (choices.some(({ values }) => values.length === 0)) return;
  const at = choices.map(() => 0);
  for (;;) {
    yield new Map(choices.map(({ key, values }, index) => [key, values[at[index]]]));
    const next = at.findIndex((position, index) => position + 1 < choices[index].values.length);
    if (next === -1) return;
    at[next] += 1;
    at.fill(0, 0, next);
  }
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
  const byKey = new Map<string, Condition[]>();
  for (const condition of [...demanded, ...mentioned]) {
    const { lowerCaseKey } = condition;
    if (!isOpenKey(lowerCaseKey, subject) || BELONGS_TO_CALLER.has(lowerCaseKey)) continue;
    const known = byKey.get(lowerCaseKey);
    if (known === undefined) byKey.set(lowerCaseKey, [condition]);
    else known.push(condition);
  }
  return [...byKey].map(([lowerCaseKey, conditions]) => {
    const asked = demanded.filter((condition) => condition.lowerCaseKey === lowerCaseKey);
    return choiceOf(request, conditions, asked);
  });
}

/** Keys that follow from the caller alone: it is made up in several forms instead. */
const BELONGS_TO_CALLER: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principaltype",
  "aws:principalservicename",
  "aws:sourceidentity",
  "aws:userid",
  "aws:username",
]);

/** Keys that every request carries. */
const ALWAYS_PRESENT: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:sourceip",
]);

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
