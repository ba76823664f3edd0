import { asArray, oneOrMany, type Statement } from "../iam/policy-document";

/**
 * Identity statements of many resources as few: those that differ only in their resources become one.
 * Sorted, so the same statements give the same text in any order.
 */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const merged = new Map<string, Statement>();
  for (const statement of statements) {
    const key = JSON.stringify({ ...statement, Resource: undefined });
    const resources = [...asArray(merged.get(key)?.Resource), ...asArray(statement.Resource)];
    merged.set(key, { ...statement, Resource: oneOrMany([...new Set(resources)].sort()) });
  }
  return [...merged.values()]
    .map((statement) => ({ statement, text: JSON.stringify(statement) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ statement }) => statement);
}
