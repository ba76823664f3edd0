import { Answers } from "../review/ask/answers";
import type { Estate } from "../estate/estate";
import { knownNames, NO_NAMES, type KnownNames } from "../review/names/known-names";
import { NameBook } from "../review/names/name-book";
import type { Named } from "../review/names/word-index";
import { UsageError } from "./exit-code";
import { estateToAsk } from "./read-estate";
import { count, type Terminal } from "./terminal";

/** Options of the commands that ask an estate. */
export interface AskOptions {
  /** A folder that cdktf wrote stacks to. @default - they are synthesized */
  readonly estate?: string;
  readonly json?: boolean;
}

/** An estate with the names of what is in it. */
export interface Asked {
  readonly estate: Estate;
  readonly known: KnownNames;
  readonly book: NameBook;
}

/** Reads the estate that is asked, and says what of it could not be read. */
export async function readAsked(
  terminal: Terminal,
  { estate: folder }: AskOptions,
): Promise<Asked> {
  const { estate, model } = await estateToAsk(terminal, folder);
  const known = model === undefined ? NO_NAMES : knownNames(model);
  return { estate, known, book: new NameBook(estate, known) };
}

/** Asks, with a line that says so: judging every role of a large organization takes seconds. */
export function answered<T>(terminal: Terminal, estate: Estate, ask: (answers: Answers) => T): T {
  terminal.progress("judging who can assume what");
  const answer = ask(new Answers(estate));
  terminal.progress(undefined);
  return answer;
}

/** Most places of an estate that are told as unread. */
const MOST_UNREAD = 5;

/** Says what could not be read and may change the answers. */
export function noteUnread(terminal: Terminal, { unknowns }: Estate): void {
  const bearing = unknowns.filter(({ bearing: of }) => of !== "other");
  for (const { origin, attribute, reason } of bearing.slice(0, MOST_UNREAD)) {
    const place = origin.address === "" ? origin.stack : `${origin.stack} ${origin.address}`;
    terminal.note(`not read, so that somebody may be missing: ${place} ${attribute}: ${reason}`);
  }
  const more = bearing.length - MOST_UNREAD;
  if (more > 0) terminal.note(`and ${count(more, "more place")} that could not be read`);
}

/** What a word names; throws a UsageError with the closest name where it names nothing. */
export function namedBy<T>(named: Named<T>, expected: string, word: string): readonly T[] {
  if (named.found !== undefined) return named.found;
  const remedy =
    named.closest === undefined
      ? "write a key of accounts.json, account/name or an ARN"
      : `write ${JSON.stringify(named.closest)} if that is meant`;
  throw new UsageError(`expected ${expected}, found ${JSON.stringify(word)}; ${remedy}`);
}
