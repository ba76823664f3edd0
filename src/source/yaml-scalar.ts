import { Scalar } from "yaml";

/** A number as JSON writes it: every other spelling is kept as the text it is. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** An account ID, which no file means as a number. */
const TWELVE_DIGITS = /^\d{12}$/;

/**
 * The value of a YAML scalar. Unquoted numbers that JSON would not write so (`012`, `0o17`, `0x1F`,
 * `.inf`, `+1`) and unquoted 12 digits stay text: an account ID must keep its leading zeros.
 */
export function scalarValue(scalar: Scalar): unknown {
  const { value, source, type } = scalar;
  if (typeof value !== "number" || type !== Scalar.PLAIN || source === undefined) return value;
  return JSON_NUMBER.test(source) && !TWELVE_DIGITS.test(source) ? value : source;
}

/** The text of a scalar that is a key: an unquoted one as it is written; undefined when empty. */
export function keyText(scalar: Scalar): string | undefined {
  const { value, source, type } = scalar;
  const text = type === Scalar.PLAIN ? source : value;
  return typeof text === "string" && (text !== "" || type !== Scalar.PLAIN) ? text : undefined;
}
