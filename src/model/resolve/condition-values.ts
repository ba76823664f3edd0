import { parseIpRange } from "../../iam/evaluation/ip-range";
import { timeOf } from "../../iam/evaluation/moment";

/** What values an operator compares with. */
export interface OperatorValues {
  readonly expected: string;
  readonly remedy: string;
  isOne(value: string): boolean;
}

const TEXT: OperatorValues = {
  expected: "a text",
  remedy: "write it in quotes",
  isOne: () => true,
};

const NUMBER: OperatorValues = {
  expected: "a number in quotes",
  remedy: 'write it like "3600"',
  isOne: (value) => /^[+-]?\d+(\.\d+)?$/.test(value),
};

const TIME: OperatorValues = {
  expected: "a time in ISO 8601",
  remedy: 'write it like "2027-01-31T00:00:00Z"',
  isOne: (value) => timeOf(value) !== undefined,
};

const BOOLEAN: OperatorValues = {
  expected: "true or false in quotes",
  remedy: 'write "true" or "false"',
  isOne: (value) => /^(true|false)$/i.test(value),
};

const RANGE: OperatorValues = {
  expected: "an IP address or a range in CIDR form",
  remedy: 'write it like "203.0.113.0/24"',
  isOne: (value) => parseIpRange(value) !== undefined,
};

const ARN: OperatorValues = {
  expected: "an ARN with its six parts, in which * is any text",
  remedy: 'write it like "arn:aws:iam::111122223333:role/*"',
  isOne: (value) => value.split(":").length >= 6,
};

const BINARY: OperatorValues = {
  expected: "base64",
  remedy: "encode it",
  isOne: (value) => /^[A-Za-z0-9+/]*={0,2}$/.test(value),
};

/**
 * IAM's condition operators without set prefix and `IfExists`, to what they compare (IAM User Guide, "IAM
 * JSON policy elements: Condition operators"). Variables stand in texts, ARNs and Booleans alone.
 */
const VALUES: Readonly<Record<string, OperatorValues>> = {
  ...allOf(TEXT, ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]),
  ...allOf(TEXT, ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"]),
  ...allOf(NUMBER, ordered("Numeric")),
  ...allOf(TIME, ordered("Date")),
  ...allOf(orVariable(BOOLEAN), ["Bool"]),
  ...allOf(BOOLEAN, ["Null"]),
  ...allOf(BINARY, ["BinaryEquals"]),
  ...allOf(RANGE, ["IpAddress", "NotIpAddress"]),
  ...allOf(orVariable(ARN), ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]),
};

/** Operators as IAM spells them. */
export const OPERATORS: readonly string[] = Object.keys(VALUES);

/** The operator of one with a set prefix or `IfExists`; undefined where IAM has none so spelt. */
export function operatorOf(written: string): string | undefined {
  const base = written.replace(/^For(AnyValue|AllValues):/, "").replace(/IfExists$/, "");
  if (base === "Null") return written === "Null" ? base : undefined;
  return Object.hasOwn(VALUES, base) ? base : undefined;
}

/** What one of `OPERATORS` compares with. */
export function valuesOf(operator: string): OperatorValues {
  return VALUES[operator];
}

function allOf(values: OperatorValues, operators: readonly string[]) {
  return Object.fromEntries(operators.map((operator) => [operator, values]));
}

function ordered(prefix: string): readonly string[] {
  const endings = ["Equals", "NotEquals", "LessThan", "LessThanEquals"];
  return [...endings, "GreaterThan", "GreaterThanEquals"].map((ending) => prefix + ending);
}

function orVariable(values: OperatorValues): OperatorValues {
  return { ...values, isOne: (value) => value.includes("${") || values.isOne(value) };
}
