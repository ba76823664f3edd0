import type { Model } from "./model";

/** What `logs` cannot hold, as sentences for people; none where an organization trail holds it. */
export function logNotes({ logging }: Model): readonly string[] {
  const trails = logging.flatMap(({ trail }) => (trail === undefined ? [] : [trail]));
  return trails.some(({ kind }) => kind === "account")
    ? [
        "An account's administrator can stop its own trail: an organization trail, or a service control policy, holds that (docs/logs.md)",
      ]
    : [];
}
