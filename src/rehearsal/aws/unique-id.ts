import { createHash } from "node:crypto";

/** What AWS's unique IDs begin with: role, user, group, customer managed policy. */
export type UniqueIdPrefix = "AROA" | "AIDA" | "AGPA" | "ANPA";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH_AFTER_PREFIX = 17;

/**
 * A unique ID as AWS makes them: the prefix and 17 upper-case letters or digits.
 *
 * It follows from its arguments alone, so that a rehearsal of the same input prints the same bytes.
 * `generation` counts how often the name was given away in the account: a recreated role gets
 * another ID.
 */
export function uniqueId(
  prefix: UniqueIdPrefix,
  accountId: string,
  name: string,
  generation: number,
): string {
  const hash = createHash("sha256")
    .update(`${prefix}/${accountId}/${name.toLowerCase()}/${generation}`)
    .digest();
  const letters = [...hash.subarray(0, LENGTH_AFTER_PREFIX)].map((byte) => ALPHABET[byte % 32]);
  return prefix + letters.join("");
}
