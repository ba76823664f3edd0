import { groupBy } from "../../model/group-by";
import type { AllowEntry, AllowedDifference, Judged } from "./allowed-changes";
import type { Difference, EstateDiff, Replacement, Rewritten } from "./difference";
import { list } from "../list";
import { joinAccounts } from "./join-accounts";
import { sentencesOf, type Sentence } from "./sentences";

/** A widening that somebody agreed to, in a sentence. */
export interface AllowedSentence extends Sentence {
  readonly entry: AllowEntry;
}

/** What a change does to access, as people are told it. */
export interface DiffReport {
  /** The estates, for people: `HEAD~1 (1a2b3c4d5e6f)`, `the working tree`. */
  readonly before: string;
  readonly after: string;
  readonly widened: readonly Sentence[];
  readonly allowed: readonly AllowedSentence[];
  readonly undecided: readonly Sentence[];
  readonly narrowed: readonly Sentence[];
  readonly replaced: readonly Replacement[];
  readonly unchanged: readonly Rewritten[];
  readonly expired: readonly AllowEntry[];
  readonly unused: readonly AllowEntry[];
}

/** `most`: so many names stand in a sentence, and how many more there are. */
export function diffReport(
  names: { readonly before: string; readonly after: string },
  { replaced, unchanged }: EstateDiff,
  { open, allowed, expired, unused }: Judged,
  most?: number,
): DiffReport {
  const told = sentencesOf(open, most);
  const of = (wanted: Difference["direction"]): readonly Sentence[] =>
    told.filter(({ direction }) => direction === wanted);
  return {
    ...names,
    widened: of("widened"),
    allowed: allowedSentences(allowed, most),
    undecided: of("undecided"),
    narrowed: of("narrowed"),
    replaced,
    unchanged,
    expired,
    unused,
  };
}

function allowedSentences(
  allowed: readonly AllowedDifference[],
  most?: number,
): readonly AllowedSentence[] {
  return [...groupBy(allowed, ({ entry }) => entry)].flatMap(([entry, group]) =>
    sentencesOf(
      group.map(({ difference }) => difference),
      most,
    ).map((sentence) => ({ ...sentence, entry })),
  );
}

/** The counts, in words: `2 widened, 1 allowed, 0 narrowed, …`. */
export function countsText(report: DiffReport): string {
  const { widened, allowed, narrowed, replaced, undecided } = report;
  return [
    `${widened.length} widened`,
    ...(allowed.length > 0 ? [`${allowed.length} allowed`] : []),
    `${narrowed.length} narrowed`,
    `${replaced.length} replaced`,
    `${undecided.length} undecided`,
  ].join(", ");
}

/** Whether nothing changes in access. */
export function isEmpty({ widened, allowed, narrowed, replaced, undecided }: DiffReport): boolean {
  return [widened, allowed, narrowed, replaced, undecided].every(({ length }) => length === 0);
}

/** A replaced role or user, with what it breaks and what to do. */
export function replacementText({ before, after, because, breaks, stacks }: Replacement): string {
  const what =
    before.label === after.label ? before.label : `${before.label} becomes ${after.label}`;
  if (breaks.length === 0)
    return `${what}: ${because}. No trust and no policy of a resource names it.`;
  const labels = [...new Set(breaks.map(({ label }) => label))];
  const shown =
    labels.length > 5
      ? `${labels.slice(0, 4).join(", ")} and ${labels.length - 4} more`
      : labels.join(", ");
  const lets =
    labels.length === 1 ? "no longer lets it in until it is" : "no longer let it in until they are";
  return `${what}: ${because}. ${shown} ${lets} applied again: deploy ${after.origin.stack}, run crosstrust confirm, then deploy ${stacks.join(" ")}`;
}

/** What is written otherwise and says the same, in sentences. */
export function unchangedTexts(unchanged: readonly Rewritten[]): readonly string[] {
  return (["trust policy", "policy", "permissions", "control policies"] as const).flatMap(
    (what) => {
      const labels = unchanged.filter((one) => one.what === what).map(({ label }) => label);
      if (labels.length === 0) return [];
      const [are, say] = what.endsWith("s") ? ["are", "say"] : ["is", "says"];
      return [
        `the ${what} of ${list(joinAccounts(labels, MOST), MOST)} ${are} written otherwise and ${say} the same`,
      ];
    },
  );
}

/** Names that stand in a sentence. */
const MOST = 8;
