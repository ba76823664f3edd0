import type { Condition } from "../iam/evaluation/conditions";
import { timeOf } from "../iam/evaluation/moment";
import { parseTemplate, resolveTemplate } from "../iam/evaluation/policy-variables";
import type { AccessRequest } from "../iam/evaluation/request";

/** A value of a condition key; undefined: the request does not carry the key. */
export type KeyValue = string | readonly string[] | undefined;

/**
 * Values of a key of which, for each of these conditions, some meet it and some do not, as far as that
 * is easily found; distinct, those that the policies name first. `request` fills in policy variables.
 */
export function sampleValues(
  conditions: readonly Condition[],
  request: AccessRequest,
): readonly KeyValue[] {
  const named = distinct(conditions.flatMap((condition) => samplesOf(condition, request)));
  if (!conditions.some(({ operator }) => /^for(anyvalue|allvalues):/i.test(operator))) return named;
  return [...named.map((value) => [value]), ...(named.length > 1 ? [named] : [])];
}

function samplesOf(condition: Condition, request: AccessRequest): readonly string[] {
  const operator = condition.operator
    .toLowerCase()
    .replace(/^for(anyvalue|allvalues):/, "")
    .replace(/ifexists$/, "");
  const { values, lowerCaseKey } = condition;
  if (lowerCaseKey === "aws:multifactorauthpresent") return ["true"];
  if (operator.startsWith("date") || lowerCaseKey === "aws:epochtime") {
    return values.flatMap(timesAround);
  }
  if (operator.startsWith("numeric")) return values.flatMap(numbersAround);
  switch (operator) {
    case "null":
      return ["any"];
    case "bool":
      return [...values, "true", "false"];
    case "ipaddress":
    case "notipaddress":
      return [...values.map((range) => range.replace(/\/.*$/, "")), ...OTHER_ADDRESSES];
    case "binaryequals":
      return [...values, "eA=="];
    default:
      return [
        ...values.flatMap((value) => fillIn(value, operator, request)),
        operator.startsWith("arn") ? OTHER_ARN : OTHER_TEXT,
      ];
  }
}

/** Of the ranges for documentation (RFC 5737, RFC 3849). */
const OTHER_ADDRESSES = ["203.0.113.77", "198.51.100.77", "2001:db8::77"];
const OTHER_ARN = "arn:aws:iam::000000000000:role/other";
const OTHER_TEXT = "other";

function numbersAround(text: string): readonly string[] {
  const number = Number(text);
  return Number.isFinite(number) ? [text, String(number - 1), String(number + 1)] : [text];
}

function timesAround(text: string): readonly string[] {
  const time = timeOf(text);
  if (time === undefined || time > LAST_TIME) return [text];
  return [time, time - SECOND, time + SECOND].map((at) => new Date(at).toISOString());
}

/** The last moment that a Date can hold comes later. */
const LAST_TIME = Date.UTC(9999, 0);
const SECOND = 1_000;

/** Texts that a pattern matches; none where a variable in it has no value. */
function fillIn(pattern: string, operator: string, request: AccessRequest): readonly string[] {
  const hasWildcards = /like$/.test(operator) || operator.startsWith("arn");
  return ["x", ""].flatMap((anything) => {
    let isKnown = true;
    const text = pattern.replace(/\$\{[^}]*\}|[*?]/g, (part) => {
      if (part === "*") return hasWildcards ? anything : part;
      if (part === "?") return hasWildcards ? "x" : part;
      const value = resolveTemplate(parseTemplate(part, VARIABLE), request);
      if (typeof value === "object" && value.kind === "literal") return value.text;
      isKnown = false;
      return "";
    });
    return isKnown ? [text] : [];
  });
}

/** A value of a key as the conditions spell it, where that is by a policy variable: `${aws:username}`. */
export function asSpelled(
  value: KeyValue,
  conditions: readonly Condition[],
  request: AccessRequest,
): KeyValue {
  const spelled = conditions.flatMap(({ operator, values }) =>
    values.filter(
      (text) =>
        text.includes("${") &&
        fillIn(text, operator.toLowerCase(), request).some((filled) => filled === value),
    ),
  );
  return spelled.length === 0 ? value : spelled[0];
}

const VARIABLE = { variables: true, wildcards: false } as const;

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
