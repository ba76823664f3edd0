import { distance } from "fastest-levenshtein";

/** Edits per character of the longer word up to which two words count as near. */
const NEAR = 0.4;

/** Two letters that changed places are two edits: so many are allowed from this length on. */
const SWAP = { edits: 2, length: 4 } as const;

/**
 * The candidate that a misspelt word most likely means; undefined when nothing is near. Case does
 * not count as a difference. Of equally near candidates the first wins.
 */
export function closestTo(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let closest: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const longer = Math.max(word.length, candidate.length);
    const fewest = longer >= SWAP.length ? SWAP.edits : 1;
    const limit = Math.min(least - 1, Math.max(fewest, Math.floor(longer * NEAR)));
    if (Math.abs(word.length - candidate.length) > limit) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits > limit) continue;
    closest = candidate;
    least = edits;
  }
  return closest;
}

/** The remedy for a word that is none of the expected ones: the nearest one, or what else to do. */
export function remedyNear(
  found: unknown,
  candidates: Iterable<string>,
  otherwise: string,
): string {
  const meant = typeof found === "string" ? closestTo(found, candidates) : undefined;
  return meant === undefined ? otherwise : `write ${JSON.stringify(meant)} if that is meant`;
}
