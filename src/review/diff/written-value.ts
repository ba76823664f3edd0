import type { KeyValue } from "../../estate/sample-values";
import type { CompiledStatement } from "../../iam/evaluation/compiled-policy";
import { hasWildcard, matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";

/** A value of a request as policies ask for it: the pattern in place of a text that stands for what it matches. */
export function writtenValue(
  key: string,
  value: KeyValue,
  statements: readonly CompiledStatement[],
): KeyValue {
  if (typeof value !== "string") return value;
  const asked = statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ lowerCaseKey }) => lowerCaseKey === key.toLowerCase())
    .flatMap(({ values }) => values);
  if (asked.includes(value)) return value;
  return asked.find((one) => hasWildcard(one) && matchesPattern(parsePattern(one), value)) ?? value;
}
