import { NO_ACCOUNT } from "../../estate/made-up-callers";
import type { Question } from "../../estate/question";
import type { NamedPrincipals } from "./named-principals";

/** A pattern for principals of all accounts, for each account that may count: of others none is let in. */
export function inAccounts(
  pattern: string,
  { accounts }: NamedPrincipals,
  { resource }: Question,
): readonly string[] {
  const parts = /^(arn:[^:]*:iam::)[^:]*[*?][^:]*(:.*)$/.exec(pattern);
  if (parts === null) return [pattern];
  const ids = new Set([...accounts, resource.accountId, NO_ACCOUNT]);
  return [...ids].map((id) => parts[1] + id + parts[2]);
}
