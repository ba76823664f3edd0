import { createHash } from "node:crypto";

/** Hexadecimal digits that follow from a text alone: the same in every rehearsal of the same input. */
export function hexOf(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** A KMS key ID as AWS makes them: a UUID, or `mrk-` and 32 digits for a multi-Region key. */
export function keyIdOf(accountId: string, count: number, multiRegion: boolean): string {
  const hex = hexOf(`key/${accountId}/${count}`, 32);
  return multiRegion
    ? `mrk-${hex}`
    : [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        "-",
      );
}

/** The six characters that Secrets Manager adds to a secret's name in its ARN. */
export function secretSuffix(text: string): string {
  return [...createHash("sha256").update(text).digest().subarray(0, 6)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join("");
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
