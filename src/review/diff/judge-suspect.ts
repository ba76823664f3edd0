import type { Question } from "../../estate/question";
import { asSpelled, type KeyValue } from "../../estate/sample-values";
import { changedConditions, differs, neededRanges } from "./changed-conditions";
import {
  compareRequests,
  statementsOf,
  type Compared,
  type Comparison,
  type Side,
  type StatementsOfSides,
} from "./compare-requests";
import type { Direction, Evidence } from "./difference";
import { requestWords } from "./request-words";
import type { Suspect } from "./suspect";
import { writtenValue } from "./written-value";

/** What changes for one suspect at one target. */
export interface SuspectDifference {
  readonly direction: Direction;
  /** `gains` and `loses`: whether it gets in at all; `conditions`: under which. */
  readonly kind: "gains" | "loses" | "conditions" | "cannot tell";
  /** What a request must carry, or what changed of that: clauses. */
  readonly clauses: readonly string[];
  readonly evidence?: Evidence;
}

/** Is told of every request that is judged. */
export type Observer = (compared: Compared, before: Side, after: Side, suspect: Suspect) => void;

/** Judges one suspect at one target on both sides. */
export function judgeSuspect(
  suspect: Suspect,
  question: Question,
  before: Side,
  after: Side,
  observe: Observer,
): readonly SuspectDifference[] {
  const statements = {
    before: statementsOf(before, question),
    after: statementsOf(after, question),
  };
  const comparison = compareRequests(suspect, question, before, after, statements);
  for (const compared of comparison.requests) observe(compared, before, after, suspect);
  return differencesOf(
    { ...comparison, requests: spelled(comparison.requests, statements) },
    statements,
  );
}

/** Requests with values as the policies spell them, so that principals who need the same say the same. */
function spelled(
  requests: readonly Compared[],
  { before, after }: StatementsOfSides,
): readonly Compared[] {
  const conditions = [...before, ...after]
    .flatMap((statement) => statement.conditions)
    .filter(({ values }) => values.some((text) => text.includes("${")));
  if (conditions.length === 0) return requests;
  return requests.map((compared) => {
    const values = [...compared.values].map(([key, value]): [string, KeyValue] => {
      const asked = conditions.filter(({ lowerCaseKey }) => lowerCaseKey === key.toLowerCase());
      return [key, asSpelled(value, asked, compared.request)];
    });
    return { ...compared, values: new Map(values) };
  });
}

function differencesOf(
  { requests, complete }: Comparison,
  statements: StatementsOfSides,
): readonly SuspectDifference[] {
  const widened = requests.filter(differs("widened"));
  const narrowed = requests.filter(differs("narrowed"));
  const some = (side: "before" | "after"): boolean =>
    requests.some((request) => request[side] === "allowed");
  const changed = (direction: "widened" | "narrowed", least: Compared): readonly string[] => {
    const clauses = changedConditions(requests, direction, statements);
    return clauses.length > 0 ? clauses : [otherwise(direction, requests, least, statements)];
  };
  const found: SuspectDifference[] = [];
  if (widened.length > 0) {
    const gains = !some("before");
    const least = leastOf(widened);
    const clauses = gains
      ? [...withWords(least, statements), ...neededRanges(requests, statements)]
      : changed("widened", least);
    found.push({
      direction: "widened",
      kind: gains ? "gains" : "conditions",
      clauses,
      evidence: evidenceOf(least),
    });
  }
  if (narrowed.length > 0) {
    const loses = !some("after");
    const least = leastOf(narrowed);
    const clauses = loses ? [] : changed("narrowed", least);
    found.push({
      direction: "narrowed",
      kind: loses ? "loses" : "conditions",
      clauses,
      evidence: evidenceOf(least),
    });
  }
  if (found.length > 0) return found;
  const uncertain = requests.find(
    ({ before, after }) => before === "unknown" || after === "unknown",
  );
  if (uncertain === undefined && complete) return [];
  return [
    {
      direction: "undecided",
      kind: "cannot tell",
      clauses: uncertain === undefined ? ["more conditions than can be tried"] : [],
      ...(uncertain !== undefined && { evidence: evidenceOf(uncertain) }),
    },
  ];
}

/**
 * Of a difference that is not one of a single key: what the request carries that shows it; of one that
 * carries nothing, what those carry that get in on the other side.
 */
function otherwise(
  direction: "widened" | "narrowed",
  requests: readonly Compared[],
  least: Compared,
  statements: StatementsOfSides,
): string {
  const own = wordsOf(least, statements).join(" and ");
  const [also, noLonger] = direction === "widened" ? ["now also", ""] : ["no longer", "not "];
  if (own !== "") return `${also} with ${own}`;
  const side = direction === "widened" ? "before" : "after";
  const others = requests.filter((request) => request[side] === "allowed");
  const words = wordsOf(leastOf(others), statements).join(" and ");
  if (words === "") return `${noLonger}without further ado now`;
  return direction === "widened" ? `without ${words} now` : `only with ${words} now`;
}

function withWords(request: Compared, statements: StatementsOfSides): readonly string[] {
  const words = wordsOf(request, statements);
  return words.length === 0 ? [] : [`with ${words.join(" and ")}`];
}

/** What a request carries, in words, with patterns as the policies have them. */
function wordsOf({ values }: Compared, { before, after }: StatementsOfSides): readonly string[] {
  const statements = [...before, ...after];
  return requestWords(
    new Map([...values].map(([key, value]) => [key, writtenValue(key, value, statements)])),
  );
}

/** The request that carries least. */
function leastOf(requests: readonly Compared[]): Compared {
  const size = ({ values }: Compared): number =>
    [...values.values()].filter((value) => value !== undefined).length;
  return requests.reduce((least, request) => (size(request) < size(least) ? request : least));
}

function evidenceOf({ request, before, after }: Compared): Evidence {
  return { request, before, after };
}
