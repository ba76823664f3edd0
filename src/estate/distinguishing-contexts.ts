import type { Condition } from "../iam/evaluation/conditions";
import type { AccessRequest } from "../iam/evaluation/request";
import { ALWAYS_PRESENT, conditionsByOpenKey, type Subject } from "./open-keys";
import { everyCombination, type KeyValues, type RequestValues } from "./request-values";
import { sampleValues } from "./sample-values";

/** The values of condition keys that tell two sides apart. */
export interface Contexts {
  readonly all: readonly RequestValues[];
  /** Whether every combination of values is among them. */
  readonly complete: boolean;
}

/**
 * Requests between which the conditions of two sides can tell: each key without and with values that
 * meet each condition and that do not (just before and after each time, inside and outside of each range
 * of addresses, another text than those named), in every combination. Of more than `MOST` combinations
 * those in which at most two keys differ from a request that carries what the policies name first.
 */
export function distinguishingContexts(
  conditions: readonly Condition[],
  subject: Subject,
  request: AccessRequest,
): Contexts {
  const byKey = conditionsByOpenKey(conditions, subject);
  const axes = [...byKey].map(([lowerCaseKey, asked]): KeyValues => ({
    key: asked[0].key,
    values: [
      ...(ALWAYS_PRESENT.has(lowerCaseKey) ? [] : [undefined]),
      ...sampleValues(asked, request),
    ],
  }));
  const combinations = axes.reduce((product, { values }) => product * values.length, 1);
  return combinations <= MOST
    ? { all: [...everyCombination(axes)], complete: true }
    : { all: aroundTheFirst(axes), complete: false };
}

const MOST = 512;

/** The first named value of each key, and all requests in which one or two keys are otherwise. */
function aroundTheFirst(axes: readonly KeyValues[]): readonly RequestValues[] {
  const first = new Map(
    axes.map(({ key, values }) => [key, values.find((value) => value !== undefined)]),
  );
  const variants = axes.flatMap(({ key, values }) => values.map((value) => ({ key, value })));
  const found: RequestValues[] = [first, new Map(axes.map(({ key }) => [key, undefined]))];
  for (const one of variants) {
    found.push(new Map([...first, [one.key, one.value]]));
    if (variants.length > MOST / 8) continue;
    for (const two of variants) {
      if (two.key > one.key)
        found.push(new Map([...first, [one.key, one.value], [two.key, two.value]]));
    }
  }
  return found;
}
