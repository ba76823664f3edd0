import { displayName } from "../display-name";
import type { Comparing } from "./comparing";
import type { Difference } from "./difference";

/** Roles whose sessions may last longer, or less long. */
export function sessionDifferences({ before, after, accounts }: Comparing): readonly Difference[] {
  return [...after.identities.values()].flatMap(({ arn, kind, origin, ...is }): Difference[] => {
    const was = before.identities.get(arn);
    if (was === undefined || kind !== "role") return [];
    const [old = HOUR, now = HOUR] = [was.maxSessionDuration, is.maxSessionDuration];
    if (old === now) return [];
    return [
      {
        direction: now > old ? "widened" : "narrowed",
        kind: "session",
        who: { principal: arn, label: displayName(arn, accounts) },
        targetLabel: "",
        verb: `may have sessions of ${hours(now)} instead of ${hours(old)}`,
        rest: "",
        origins: [origin],
      },
    ];
  });
}

/** In seconds; AWS's default. */
const HOUR = 3_600;

function hours(seconds: number): string {
  const value = Math.round((seconds / HOUR) * 100) / 100;
  return `${value} ${value === 1 ? "hour" : "hours"}`;
}
