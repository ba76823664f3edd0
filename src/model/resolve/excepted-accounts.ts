import type { Entry } from "../file/entry";
import type { Account } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { selectAny, type AccountIndex } from "./selector";

/**
 * The accounts that an entry's `except` names; a warning when none of them is among those that the
 * entry chooses.
 */
export function exceptedAccounts(
  entry: Entry<{ readonly except?: readonly string[] }>,
  chosen: readonly Account[],
  chosenBy: "accounts" | "with",
  index: AccountIndex,
  problems: ProblemList,
): ReadonlySet<Account> {
  const selectors = (entry.value.except ?? []).map((text, position) => ({
    text,
    place: placeOf(entry, ["except", position]),
  }));
  if (selectors.length === 0) return new Set();
  const before = problems.errorCount;
  const excepted = new Set(selectAny(index, selectors, problems));
  const isJudged = problems.errorCount === before && !index.inDoubt;
  if (isJudged && chosen.length > 0 && !chosen.some((account) => excepted.has(account))) {
    problems.warning(placeOf(entry, ["except"]), {
      expected: `accounts that \`${chosenBy}\` chooses`,
      found: "none of them: nothing is taken away",
      remedy: "take except out, or correct its selectors",
    });
  }
  return excepted;
}
