import { formatPath } from "../../source/source-document";
import type { Problem } from "../../source/problem";
import { isAccountsTrust } from "../../trust/trust";
import { trustKey } from "../../trust/trust-terms";
import type { Model } from "../model";

/** Days before a trust ends in which it is warned of. */
const DAYS_AHEAD = 30;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Trusts that end within 30 days of `now`, or have ended: by then their policies let nobody begin a
 * session. A role in many accounts is told once.
 */
export function expiringTrusts({ roles }: Model, now: Date): readonly Problem[] {
  const found = new Map<string, Problem>();
  for (const { key, location, trusts } of roles) {
    for (const trust of trusts) {
      if (key === undefined || !isAccountsTrust(trust) || trust.expires === undefined) continue;
      const left = new Date(trust.expires).getTime() - now.getTime();
      if (left > DAYS_AHEAD * DAY) continue;
      const { expires } = trust;
      found.set(`${key} ${trustKey(trust)} ${expires}`, {
        severity: "warning",
        location,
        path: formatPath(["roles", key]),
        expected: `trust in ${trustKey(trust)} that goes on for more than ${DAYS_AHEAD} days`,
        found:
          left <= 0
            ? `one that ended at ${expires}`
            : `one that ends at ${expires}, in ${daysOf(left)}`,
        remedy:
          left <= 0
            ? "take the trust out, or write a later expires and deploy"
            : "write a later expires and deploy before then, or let it end: sessions that run by then last out their duration",
      });
    }
  }
  return [...found.values()];
}

function daysOf(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  return days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`;
}
