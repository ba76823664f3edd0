import type { KeyValue } from "../../estate/sample-values";
import type { Condition } from "../../iam/evaluation/conditions";
import type { Compared } from "./compare-requests";
import { keyNoun, keyWords } from "./request-words";

/** What the conditions of the two sides' policies say, for putting a difference into words. */
export interface ConditionsOfSides {
  readonly before: readonly Condition[];
  readonly after: readonly Condition[];
}

/**
 * What a request need no longer carry, or must carry now, as clauses: of requests that get in on both
 * sides those are found that get in on one side alone once a single key is otherwise. Empty where the
 * difference is not one of a single key.
 */
export function changedConditions(
  requests: readonly Compared[],
  direction: "widened" | "narrowed",
  conditions: ConditionsOfSides,
): readonly string[] {
  const isDifferent = differs(direction);
  const different = requests.filter(isDifferent);
  const always = requests.filter(
    ({ before, after }) => before === "allowed" && after === "allowed",
  );
  const steps = new Map<string, { readonly from: KeyValue; readonly to: Set<KeyValue> }>();
  for (const { values: to } of different) {
    for (const { values: from } of always) {
      const keys = [...to.keys()].filter((key) => !sameValue(to.get(key), from.get(key)));
      if (keys.length !== 1) continue;
      const [key] = keys;
      const known = steps.get(key) ?? { from: from.get(key), to: new Set() };
      known.to.add(to.get(key));
      steps.set(key, known);
    }
  }
  return [...steps].map(([key, { from, to }]) => clauseOf(key, from, to, direction, conditions));
}

/** Whether a request shows a direction. */
export function differs(direction: "widened" | "narrowed"): (request: Compared) => boolean {
  return direction === "widened"
    ? ({ before, after }) => before === "denied" && after === "allowed"
    : ({ before, after }) => before === "allowed" && after === "denied";
}

function clauseOf(
  key: string,
  from: KeyValue,
  to: ReadonlySet<KeyValue>,
  direction: "widened" | "narrowed",
  sides: ConditionsOfSides,
): string {
  const range = rangeClause(key, sides);
  if (range !== undefined) return range;
  if (to.has(undefined)) {
    return direction === "widened"
      ? `without ${keyWords(key, from)} now`
      : `only with ${keyWords(key, from)} now`;
  }
  const named = new Set([...sides.before, ...sides.after].flatMap(({ values }) => values));
  const values = [...to].filter((value) => typeof value === "string" && named.has(value));
  const what =
    values.length > 0
      ? values.map((value) => keyWords(key, value)).join(" or ")
      : `${keyNoun(key)} of another value`;
  if (from === undefined) {
    return direction === "widened" ? `also with ${what} now` : `no longer with ${what}`;
  }
  return direction === "widened" ? `also with ${what} now` : `no longer with ${what}`;
}

/** Times and addresses by what the policies say, since requests show single ones alone. */
function rangeClause(key: string, { before, after }: ConditionsOfSides): string | undefined {
  const name = key.toLowerCase();
  if (name !== "aws:currenttime" && name !== "aws:sourceip") return undefined;
  const of = (conditions: readonly Condition[]): string => {
    const texts = conditions
      .filter(({ lowerCaseKey }) => lowerCaseKey === name)
      .map(({ operator, values }) => `${rangeWord(operator)} ${values.join(" or ")}`);
    return [...new Set(texts)].join(" and ");
  };
  const [was, is] = [of(before), of(after)];
  const always = name === "aws:currenttime" ? "at any time" : "from any address";
  if (was === is) return undefined;
  return `${is === "" ? always : is} instead of ${was === "" ? always : was}`;
}

function rangeWord(operator: string): string {
  const name = operator.toLowerCase().replace(/ifexists$/, "");
  return RANGE_WORDS.get(name) ?? operator;
}

const RANGE_WORDS: ReadonlyMap<string, string> = new Map([
  ["datelessthan", "until"],
  ["datelessthanequals", "until"],
  ["dategreaterthan", "from"],
  ["dategreaterthanequals", "from"],
  ["ipaddress", "from"],
  ["notipaddress", "not from"],
]);

function sameValue(one: KeyValue, other: KeyValue): boolean {
  return String(one) === String(other) && (one === undefined) === (other === undefined);
}
