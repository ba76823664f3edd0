import type { Difference } from "./difference";
import { withoutImplied } from "./without-implied";

/** What somebody agreed to: a widening, why, and until when. */
export interface AllowEntry {
  /** By label or ARN; `*` stands for any characters. */
  readonly principal: string;
  /** The role or resource, in the same way; of a principal's own permissions what they are for. */
  readonly target: string;
  /** @default - any action */
  readonly action?: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2026-12-31`. */
  readonly until: string;
  /** Where it stands: `allow.json:3:5`. */
  readonly place: string;
}

/** A widening that an entry covers. */
export interface AllowedDifference {
  readonly difference: Difference;
  readonly entry: AllowEntry;
}

/** Differences that are told, with what is allowed of them apart. */
export interface Judged {
  /** All that no entry covers; what is not widened needs none. */
  readonly open: readonly Difference[];
  readonly allowed: readonly AllowedDifference[];
  /** Entries whose last day is over: they cover nothing. */
  readonly expired: readonly AllowEntry[];
  /** Entries that still hold and cover nothing. */
  readonly unused: readonly AllowEntry[];
}

/**
 * Sets apart what entries allow. Whoever agrees to what all of an account may do has agreed to each of its
 * principals: what another difference says already is left out before. `today`: a UTC date, `2026-11-26`.
 */
export function setApart(
  differences: readonly Difference[],
  entries: readonly AllowEntry[],
  today: string,
): Judged {
  const valid = entries.filter(({ until }) => until >= today);
  const used = new Set<AllowEntry>();
  const allowed: AllowedDifference[] = [];
  const open = withoutImplied(differences).filter((difference) => {
    if (difference.direction !== "widened") return true;
    const covering = valid.filter((entry) => covers(entry, difference));
    for (const entry of covering) used.add(entry);
    if (covering.length === 0) return true;
    allowed.push({ difference, entry: covering[0] });
    return false;
  });
  return {
    open,
    allowed,
    expired: entries.filter((entry) => !valid.includes(entry)),
    unused: valid.filter((entry) => !used.has(entry)),
  };
}

function covers(entry: AllowEntry, { who, target, targetLabel, action }: Difference): boolean {
  return (
    matches(entry.principal, who.label, who.principal) &&
    matches(entry.target, targetLabel, target) &&
    (entry.action === undefined || matches(entry.action, action ?? "sts:AssumeRole"))
  );
}

function matches(pattern: string, ...texts: readonly (string | undefined)[]): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "s");
  return texts.some((text) => text !== undefined && expression.test(text));
}
