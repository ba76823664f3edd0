import type { Question } from "../../estate/question";
import { asSpelled, type KeyValue } from "../../estate/sample-values";
import {
  changedConditions,
  differs,
  neededRanges,
  type StatementsOfSides,
} from "./changed-conditions";
import {
  compareRequests,
  statementsOf,
  type Compared,
  type Comparison,
  type Side,
} from "./compare-requests";
import type { Direction, Evidence } from "./difference";
import type { RequestValues } from "../../estate/request-values";
import type { CompiledStatement } from "../../iam/evaluation/compiled-policy";
import { hasWildcard, matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { requestWords } from "./request-words";
import type { Suspect } from "./suspect";

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
  const comparison = compareRequests(suspect, question, before, after);
  for (const compared of comparison.requests) observe(compared, before, after, suspect);
  const statements = {
    before: statementsOf(before, question),
    after: statementsOf(after, question),
  };
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
  const found: SuspectDifference[] = [];
  if (widened.length > 0) {
    const gains = !some("before");
    const least = leastOf(widened);
    const clauses = gains
      ? [...withWords(asWritten(least, statements.after)), ...neededRanges(requests, statements)]
      : orElse(changedConditions(requests, "widened", statements), least, "now also");
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
    const clauses = loses
      ? []
      : orElse(changedConditions(requests, "narrowed", statements), least, "no longer");
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

function orElse(
  clauses: readonly string[],
  { values }: Compared,
  adverb: string,
): readonly string[] {
  if (clauses.length > 0) return clauses;
  const words = requestWords(values);
  return [
    words.length === 0 ? `${adverb} without further ado` : `${adverb} with ${words.join(" and ")}`,
  ];
}

function withWords(values: RequestValues): readonly string[] {
  const words = requestWords(values);
  return words.length === 0 ? [] : [`with ${words.join(" and ")}`];
}

/** A request with the patterns that policies ask for, in place of texts that stand for what they match. */
function asWritten({ values }: Compared, statements: readonly CompiledStatement[]): RequestValues {
  const conditions = statements.flatMap((statement) => statement.conditions);
  return new Map(
    [...values].map(([key, value]) => {
      const patterns = conditions
        .filter(({ lowerCaseKey }) => lowerCaseKey === key.toLowerCase())
        .flatMap((condition) => condition.values);
      const pattern = patterns.find(
        (one) =>
          typeof value === "string" &&
          hasWildcard(one) &&
          matchesPattern(parsePattern(one), value) &&
          !patterns.includes(value),
      );
      return [key, pattern ?? value];
    }),
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
