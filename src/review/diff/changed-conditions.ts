import type { KeyValue } from "../../estate/sample-values";
import type { CompiledStatement } from "../../iam/evaluation/compiled-policy";
import type { Compared, StatementsOfSides } from "./compare-requests";
import { keyNoun, keyWords } from "./request-words";
import { writtenValue } from "./written-value";

/**
 * What a request need no longer carry, or must carry now, as clauses: of requests that get in on both
 * sides those are found that get in on one side alone once a single key is otherwise. Empty where the
 * difference is not one of a single key.
 */
export function changedConditions(
  requests: readonly Compared[],
  direction: "widened" | "narrowed",
  statements: StatementsOfSides,
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
  return [...steps].map(([key, { from, to }]) => clauseOf(key, from, to, direction, statements));
}

/**
 * When and from where requests get in after the change, as clauses: of requests that get in those are found
 * that do not once the time or the address alone is otherwise.
 */
export function neededRanges(
  requests: readonly Compared[],
  { after }: StatementsOfSides,
): readonly string[] {
  const allowed = requests.filter((request) => request.after === "allowed");
  const denied = requests.filter((request) => request.after === "denied");
  return [...RANGES.keys()].flatMap((name) => {
    const isNeeded = allowed.some(({ values: one }) =>
      denied.some(({ values: other }) =>
        [...one].every(
          ([key, value]) => sameValue(value, other.get(key)) !== (key.toLowerCase() === name),
        ),
      ),
    );
    const texts = rangeTexts(name, after);
    return isNeeded && texts.length > 0 ? [wordsOfRange(name, texts.join(" and "))] : [];
  });
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
  sides: StatementsOfSides,
): string {
  const range = rangeClause(key, sides);
  if (range !== undefined) return range;
  const written = (value: KeyValue): KeyValue =>
    writtenValue(key, value, [...sides.before, ...sides.after]);
  if (to.has(undefined)) {
    return direction === "widened"
      ? `without ${keyWords(key, written(from))} now`
      : `only with ${keyWords(key, written(from))} now`;
  }
  const conditions = [...sides.before, ...sides.after].flatMap((one) => one.conditions);
  const named = new Set(conditions.flatMap(({ values }) => values));
  const values = [...to].filter((value) => typeof value === "string" && named.has(value));
  const patterns = values.length > 0 ? undefined : patternClause(key, sides);
  if (patterns !== undefined) return patterns;
  const what =
    values.length > 0
      ? values.map((value) => keyWords(key, value)).join(" or ")
      : `another ${keyNoun(key)}`;
  return direction === "widened" ? `also with ${what} now` : `no longer with ${what}`;
}

/** What the policies of both sides ask for, where it is more than the values that were tried. */
function patternClause(key: string, { before, after }: StatementsOfSides): string | undefined {
  const [was, is] = [before, after].map((statements) => {
    const asked = statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ conditions }) => conditions)
      .filter(
        ({ operator, lowerCaseKey }) =>
          lowerCaseKey === key.toLowerCase() && /^(.*:)?(string|arn)(equals|like)/i.test(operator),
      );
    return [...new Set(asked.flatMap(({ values }) => values))].join(" or ");
  });
  if (was === "" || is === "" || was === is) return undefined;
  return `with ${keyNoun(key)} ${is} instead of ${was}`;
}

/** Times and addresses by what the policies say, since requests show single ones alone. */
function rangeClause(key: string, { before, after }: StatementsOfSides): string | undefined {
  const name = key.toLowerCase();
  const always = RANGES.get(name);
  if (always === undefined) return undefined;
  const [was, is] = [before, after].map((statements) => {
    const texts = rangeTexts(name, statements);
    return texts.length === 0 ? always : texts.join(" and ");
  });
  return was === is ? undefined : wordsOfRange(name, `${is} instead of ${was}`);
}

/** What statements say of a key of ranges: `from 203.0.113.0/24`; each once. */
function rangeTexts(name: string, statements: readonly CompiledStatement[]): readonly string[] {
  const texts = statements.flatMap(({ effect, conditions }) =>
    conditions
      .filter(({ lowerCaseKey }) => lowerCaseKey === name)
      .map(({ operator, values }) => `${rangeWord(operator, effect)} ${values.join(" or ")}`),
  );
  return [...new Set(texts)];
}

function wordsOfRange(name: string, text: string): string {
  return name === ISSUED ? `with sessions issued ${text}` : text;
}

const ISSUED = "aws:tokenissuetime";

/** Keys of ranges, and how none is called. */
const RANGES: ReadonlyMap<string, string> = new Map([
  ["aws:currenttime", "at any time"],
  ["aws:sourceip", "from any address"],
  [ISSUED, "at any time"],
]);

/** A denied range leaves what is outside of it. */
function rangeWord(operator: string, effect: "Allow" | "Deny"): string {
  const name = operator.toLowerCase().replace(/ifexists$/, "");
  const [allowed, left] = RANGE_WORDS.get(name) ?? [operator, `not ${operator}`];
  return effect === "Allow" ? allowed : left;
}

const RANGE_WORDS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["datelessthan", ["until", "from"]],
  ["datelessthanequals", ["until", "from"]],
  ["dategreaterthan", ["from", "until"]],
  ["dategreaterthanequals", ["from", "until"]],
  ["ipaddress", ["from", "not from"]],
  ["notipaddress", ["not from", "from"]],
]);

function sameValue(one: KeyValue, other: KeyValue): boolean {
  return String(one) === String(other) && (one === undefined) === (other === undefined);
}
