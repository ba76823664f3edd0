import { isInRange, parseIpRange } from "./ip-range";
import { timeOf } from "./moment";
import type { AccessRequest } from "./request";
import { parseTemplate, resolveTemplate, splitOutsideVariables } from "./policy-variables";
import type { ResolvedTemplate } from "./policy-variables";
import { and, truthOf, type Truth } from "./three-valued";
import { hasWildcard, matchesPattern } from "./wildcard-pattern";

/**
 * Compares one value of the request with one value of the policy. A variable without a value is
 * equal to nothing; `unknown` where a value is not of the operator's type, which AWS does not
 * define.
 */
export type ValueComparison = (requestValue: string, check: AccessRequest) => Truth;

/** A condition operator without set prefix and `IfExists`. */
export interface ConditionOperator {
  /** Whether the condition holds where the comparison does not. */
  readonly negated: boolean;
  /** Reads a value of the policy; `variables`: whether its version knows policy variables. */
  readonly compile: (policyValue: string, variables: boolean) => ValueComparison;
}

type Compile = ConditionOperator["compile"];

/**
 * The operator of this name in lower case, `null` apart; undefined for an unknown one (IAM User
 * Guide, "IAM JSON policy elements: Condition operators").
 */
export function conditionOperator(lowerCaseName: string): ConditionOperator | undefined {
  return OPERATORS.get(lowerCaseName);
}

function stringComparison(wildcards: boolean, ignoreCase: boolean): Compile {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  return (policyValue, variables) => {
    const template = parseTemplate(policyValue, { variables, wildcards });
    return (requestValue, check) => {
      const pattern = resolveTemplate(template, check);
      if (!ignoreCase || typeof pattern === "string") return matchesResolved(pattern, requestValue);
      // Only exact comparison ignores case, so that the pattern holds no wildcard.
      return truthOf(pattern.kind === "literal" && fold(pattern.text) === fold(requestValue));
    };
  };
}

function matchesResolved(pattern: ResolvedTemplate, text: string): Truth {
  if (pattern === "unknown") return "unknown";
  return truthOf(pattern !== "no value" && matchesPattern(pattern, text));
}

const ARN_PARTS = 6;

/** Each of the six parts between colons on its own, with wildcards: `ArnEquals` is `ArnLike`. */
const compareArn: Compile = (policyValue, variables) => {
  if (!hasWildcard(policyValue) && !(variables && policyValue.includes("${"))) {
    return comparePlainArn(policyValue);
  }
  const templates = arnParts(splitOutsideVariables(policyValue, ":"))?.map((part) =>
    parseTemplate(part, { variables, wildcards: true }),
  );
  return (requestValue, check) => {
    const parts = arnParts(requestValue.split(":"));
    if (templates === undefined || parts === undefined) return "unknown";
    return templates
      .map((template, index) => matchesResolved(resolveTemplate(template, check), parts[index]))
      .reduce(and);
  };
};

/** The same without taking apart, which counts: most guards of trust policies are plain ARNs. */
function comparePlainArn(policyValue: string): ValueComparison {
  const isArn = arnParts(policyValue.split(":")) !== undefined;
  return (requestValue) => {
    if (isArn && requestValue === policyValue) return "yes";
    return isArn && arnParts(requestValue.split(":")) !== undefined ? "no" : "unknown";
  };
}

/** The six parts of an ARN, the last with all its colons; undefined where there are fewer. */
function arnParts(pieces: readonly string[]): readonly string[] | undefined {
  if (pieces.length < ARN_PARTS) return undefined;
  return [...pieces.slice(0, ARN_PARTS - 1), pieces.slice(ARN_PARTS - 1).join(":")];
}

const compareBool: Compile = (policyValue, variables) => {
  const template = parseTemplate(policyValue.toLowerCase(), { variables, wildcards: false });
  return (requestValue, check) => {
    const pattern = resolveTemplate(template, check);
    if (typeof pattern === "string") return matchesResolved(pattern, requestValue);
    const expected = pattern.kind === "literal" ? pattern.text.toLowerCase() : "";
    const value = requestValue.toLowerCase();
    return isBoolean(expected) && isBoolean(value) ? truthOf(expected === value) : "unknown";
  };
};

function isBoolean(text: string): boolean {
  return text === "true" || text === "false";
}

/** Byte for byte; the value of the request is base64 as the policy's is. Takes no variables. */
const compareBinary: Compile = (policyValue) => {
  const expected = bytesOf(policyValue);
  return (requestValue) => {
    const value = bytesOf(requestValue);
    if (expected === undefined || value === undefined) return "unknown";
    return truthOf(expected === value);
  };
};

function bytesOf(text: string): string | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text)
    ? Buffer.from(text, "base64").toString("hex")
    : undefined;
}

const compareIp: Compile = (policyValue) => {
  const range = parseIpRange(policyValue);
  return (requestValue) => {
    const inside = range && isInRange(range, requestValue);
    return inside === undefined ? "unknown" : truthOf(inside);
  };
};

function orderComparison(
  read: (text: string) => number | undefined,
  holds: (requestValue: number, policyValue: number) => boolean,
): Compile {
  return (policyValue) => {
    const bound = read(policyValue);
    return (requestValue) => {
      const value = read(requestValue);
      if (bound === undefined || value === undefined) return "unknown";
      return truthOf(holds(value, bound));
    };
  };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function ordered(
  prefix: string,
  read: (text: string) => number | undefined,
): readonly (readonly [string, ConditionOperator])[] {
  const equals = orderComparison(read, (value, bound) => value === bound);
  return [
    [`${prefix}equals`, { negated: false, compile: equals }],
    [`${prefix}notequals`, { negated: true, compile: equals }],
    [`${prefix}lessthan`, plain(orderComparison(read, (value, bound) => value < bound))],
    [`${prefix}lessthanequals`, plain(orderComparison(read, (value, bound) => value <= bound))],
    [`${prefix}greaterthan`, plain(orderComparison(read, (value, bound) => value > bound))],
    [`${prefix}greaterthanequals`, plain(orderComparison(read, (value, bound) => value >= bound))],
  ];
}

function plain(compile: Compile): ConditionOperator {
  return { negated: false, compile };
}

function negated(compile: Compile): ConditionOperator {
  return { negated: true, compile };
}

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ["stringequals", plain(stringComparison(false, false))],
  ["stringnotequals", negated(stringComparison(false, false))],
  ["stringequalsignorecase", plain(stringComparison(false, true))],
  ["stringnotequalsignorecase", negated(stringComparison(false, true))],
  ["stringlike", plain(stringComparison(true, false))],
  ["stringnotlike", negated(stringComparison(true, false))],
  ...ordered("numeric", numberOf),
  ...ordered("date", timeOf),
  ["bool", plain(compareBool)],
  ["binaryequals", plain(compareBinary)],
  ["ipaddress", plain(compareIp)],
  ["notipaddress", negated(compareIp)],
  ["arnequals", plain(compareArn)],
  ["arnlike", plain(compareArn)],
  ["arnnotequals", negated(compareArn)],
  ["arnnotlike", negated(compareArn)],
]);
