import { readFileSync } from "node:fs";

/** The row of docs/review.md, "How much of a change it finds", that these numbers must stand in. */
export function documentedShare(policies: string, changes: number, missed: number): string {
  const share = `${(((changes - missed) / changes) * 100).toFixed(1)} %`;
  return [policies, String(changes), share].join(" | ");
}

/** The rows of that table, without the spaces that align it. */
export const DOCUMENTED = readFileSync("docs/review.md", "utf8").replace(/ +\|/g, " |");
