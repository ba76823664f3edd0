import { evaluateConditions, type Condition } from "../iam/evaluation/conditions";
import type { AssumeRoleRequest } from "../iam/evaluation/request";
import { isOpenKey, type Subject } from "./open-keys";
import { contextOf, type RequestValues } from "./request-values";
import { sampleValues, type KeyValue } from "./sample-values";

/** A condition key that requests may carry with several values, and those that are worth a try. */
interface Choice {
  readonly key: string;
  readonly values: readonly KeyValue[];
}

/**
 * Requests that may get in: each with a value for every key that the policies ask for and a request can
 * choose. All meet `demanded`, the conditions of the statement that lets the principal in; of those,
 * the requests that carry least come first. `mentioned` are the conditions of all policies involved.
 *
 * None where no value was found that meets a condition.
 */
export function* favourableRequests(
  request: AssumeRoleRequest,
  subject: Subject,
  demanded: readonly Condition[],
  mentioned: readonly Condition[],
): Generator<RequestValues> {
  const choices = choicesFor(request, subject, demanded, mentioned);
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

function choicesFor(
  request: AssumeRoleRequest,
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
  request: AssumeRoleRequest,
  conditions: readonly Condition[],
  demanded: readonly Condition[],
): Choice {
  const [{ key, lowerCaseKey }] = conditions;
  const action = request.action ?? "sts:AssumeRole";
  const values: readonly KeyValue[] = [
    ...(ALWAYS_PRESENT.has(lowerCaseKey) ? [] : [undefined]),
    ...sampleValues(conditions, { request, action }),
  ];
  const outcomes = values.map((value) => {
    const context = contextOf(new Map([[key, value]]));
    const { truth } = evaluateConditions(demanded, { request: { ...request, context }, action });
    return { value, truth };
  });
  const meeting = (wanted: string): readonly KeyValue[] =>
    outcomes.filter(({ truth }) => truth === wanted).map(({ value }) => value);
  return { key, values: [...meeting("yes"), ...meeting("unknown")] };
}
