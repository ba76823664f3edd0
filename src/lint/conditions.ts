import { asArray, type Statement } from "../iam/policy-document";

/** One condition of a statement, taken apart. */
export interface LintedCondition {
  /** As it is written: `ForAnyValue:StringLikeIfExists`. */
  readonly written: string;
  /** In lower case, without set operator and `IfExists`: `stringlike`. */
  readonly operator: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly lowerCaseKey: string;
  readonly values: readonly string[];
}

/** The conditions of a statement. */
export function conditionsOf({ Condition }: Statement): readonly LintedCondition[] {
  return Object.entries(Condition ?? {}).flatMap(([written, keys]) => {
    const plain = written.toLowerCase().replace(/^for(any|all)values?:/, "");
    const operator = plain.replace(/ifexists$/, "");
    return Object.entries(keys).map(([key, values]) => ({
      written,
      operator,
      ifExists: operator !== plain,
      key,
      lowerCaseKey: key.toLowerCase(),
      values: asArray<unknown>(values).map(String),
    }));
  });
}

/** Whether a statement has a condition on this key, by any operator. `key`: in lower case. */
export function hasCondition(statement: Statement, key: string): boolean {
  return conditionsOf(statement).some(({ lowerCaseKey }) => lowerCaseKey === key);
}
