import { quote, showValue } from "../../source/show-value";
import { Suggestions } from "../../source/suggestions";
import type { Account } from "../model";
import type { Place, ProblemList } from "./problem-list";

/** The accounts that selectors choose from, looked up by name. */
export class AccountIndex {
  private readonly suggestions = new Suggestions(() => this.byName.keys());
  private readonly byName: ReadonlyMap<string, Account>;
  private readonly positions: ReadonlyMap<Account, number>;

  /**
   * `accounts` in file order: selections keep it. `inDoubt`: something of an account could not be
   * read, so that a selector that chooses none may be right.
   */
  constructor(
    readonly accounts: readonly Account[],
    readonly inDoubt: boolean,
  ) {
    this.byName = new Map(accounts.map((account) => [account.name, account]));
    this.positions = new Map(accounts.map((account, position) => [account, position]));
  }

  inFileOrder(chosen: Iterable<Account>): readonly Account[] {
    return [...chosen].sort((a, b) => this.position(a) - this.position(b));
  }

  private position(account: Account): number {
    return this.positions.get(account) ?? this.accounts.length;
  }

  tryFind(name: string): Account | undefined {
    return this.byName.get(name);
  }

  closestName(name: string): string | undefined {
    return this.suggestions.closestTo(name);
  }
}

/**
 * The accounts that a selector chooses, in file order: a name, `tag:key=value`, `ou:path` with its
 * children, `*` (every account that gets a stack, but not the management account); `&` joins terms,
 * and an account must meet all. A selector that is malformed, names an unknown account or chooses
 * nothing is a problem.
 */
export function selectAccounts(
  index: AccountIndex,
  selector: string,
  place: Place,
  problems: ProblemList,
): readonly Account[] {
  let selected: readonly Account[] | undefined;
  for (const term of selector.split("&").map((text) => text.trim())) {
    const matches = matchTerm(index, term, place, problems);
    if (matches === undefined) return [];
    const allowed = new Set(matches);
    selected = selected === undefined ? matches : selected.filter((one) => allowed.has(one));
  }
  if (selected === undefined || selected.length === 0) {
    if (index.inDoubt) return [];
    problems.error(place, {
      expected: "a selector that chooses at least one account",
      found: `${showValue(selector)}, which chooses none`,
      remedy: "check the tag, OU or name against accounts, or take the entry out",
    });
    return [];
  }
  return selected;
}

/** The accounts that any of the selectors chooses, each once, in file order. */
export function selectAny(
  index: AccountIndex,
  selectors: readonly { readonly text: string; readonly place: Place }[],
  problems: ProblemList,
): readonly Account[] {
  return index.inFileOrder(
    new Set(selectors.flatMap(({ text, place }) => selectAccounts(index, text, place, problems))),
  );
}

/** The accounts of one term; undefined when it is a problem of its own. */
function matchTerm(
  index: AccountIndex,
  term: string,
  place: Place,
  problems: ProblemList,
): readonly Account[] | undefined {
  if (term === "*") {
    return index.accounts.filter(
      (account) => account.stack !== undefined && account.kind !== "management",
    );
  }
  const tag = /^tag:([^=]+)=(.*)$/.exec(term);
  if (tag !== null) {
    return index.accounts.filter(
      (account) => Object.hasOwn(account.tags, tag[1]) && account.tags[tag[1]] === tag[2],
    );
  }
  const ou = /^ou:(.+)$/.exec(term)?.[1].replace(/^\/|\/$/g, "");
  if (ou !== undefined && ou !== "") {
    return index.accounts.filter(
      (account) => account.ou === ou || account.ou?.startsWith(`${ou}/`) === true,
    );
  }
  if (/^(tag|ou):/.test(term) || term === "") {
    problems.error(place, {
      expected: 'an account name, "tag:key=value", "ou:path", "*", or several joined by "&"',
      found: showValue(term),
      remedy: "complete the selector",
    });
    return undefined;
  }
  const account = index.tryFind(term);
  if (account === undefined) {
    const closest = index.closestName(term);
    problems.error(place, {
      expected: "the name of an account",
      found: `${showValue(term)}, which is not in accounts`,
      remedy:
        closest === undefined
          ? "add the account, or correct the name"
          : `write ${quote(closest)} if that is meant, or add the account`,
    });
    return undefined;
  }
  return [account];
}
