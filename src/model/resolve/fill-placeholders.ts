import type { Statement } from "../../iam/policy-document";
import { closestTo } from "../../source/closest";
import type { Account } from "../model";
import type { Place, ProblemList } from "./problem-list";

const PLACEHOLDERS = ["Partition", "Region", "AccountId", "AccountName"] as const;

/**
 * A role's statements in one account: `${Partition}`, `${Region}`, `${AccountId}` and
 * `${AccountName}` are filled in; IAM's own variables, which all contain a colon or are one of `${*}`,
 * `${?}`, `${$}`, pass through.
 */
export function fillPlaceholders(
  statements: readonly Statement[],
  account: Account,
): readonly Statement[] {
  const values = {
    Partition: account.partition,
    Region: account.region,
    AccountId: account.id,
    AccountName: account.name,
  };
  const fill = (text: string): string =>
    text.replace(
      /\$\{(Partition|Region|AccountId|AccountName)\}/g,
      (_, name: keyof typeof values) => String(values[name]),
    );
  return statements.map((statement) => mapStrings(statement, fill));
}

/** A placeholder that is neither ours nor IAM's is a problem. */
export function checkPlaceholders(statement: Statement, place: Place, problems: ProblemList): void {
  const unknown = new Set(
    [...JSON.stringify(statement).matchAll(/\$\{([^}]*)\}/g)]
      .map((match) => match[1])
      .filter((name) => !isKnown(name)),
  );
  for (const name of unknown) {
    problems.error(place, {
      expected: `one of ${PLACEHOLDERS.map((known) => `\${${known}}`).join(", ")}, or a policy variable such as \${aws:username}`,
      found: `\${${name}}`,
      remedy: `write \${${closestTo(name, PLACEHOLDERS) ?? "AccountId"}}, or \${$}{${name}} for the text itself`,
    });
  }
}

/** Whether a statement has a placeholder of ours. */
export function hasPlaceholder(statement: Statement): boolean {
  return new RegExp(`\\$\\{(${PLACEHOLDERS.join("|")})\\}`).test(JSON.stringify(statement));
}

function isKnown(name: string): boolean {
  return PLACEHOLDERS.some((known) => known === name) || name.includes(":") || /^[*?$]$/.test(name);
}

/** The same data with every text in it changed. */
function mapStrings<T>(data: T, change: (text: string) => string): T;
function mapStrings(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === "string") return change(data);
  if (Array.isArray(data)) return data.map((item: unknown) => mapStrings(item, change));
  if (typeof data === "object" && data !== null) {
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [change(key), mapStrings(value, change)]),
    );
  }
  return data;
}
