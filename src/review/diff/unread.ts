import type { Unknown } from "../../estate/estate";
import type { Comparing } from "./comparing";
import type { Difference } from "./difference";

/** What cannot be read on one side alone, and bears on access. What is unreadable on both is no change. */
export function unreadDifferences({ before, after }: Comparing): readonly Difference[] {
  const [was, is] = [before, after].map(
    ({ unknowns }) =>
      new Map(
        unknowns.filter(({ bearing }) => bearing !== "other").map((one) => [keyOf(one), one]),
      ),
  );
  const only = (one: typeof was, other: typeof was): readonly Unknown[] =>
    [...one].filter(([key]) => !other.has(key)).map(([, unknown]) => unknown);
  return [
    ...only(is, was).map((unknown) => told(unknown, "cannot be read after the change")),
    ...only(was, is).map((unknown) => told(unknown, "could not be read before the change")),
  ];
}

function keyOf({ origin, attribute, reason }: Unknown): string {
  return [origin.stack, origin.address, attribute, reason].join("\n");
}

function told({ origin, attribute, reason }: Unknown, verb: string): Difference {
  const place = [origin.stack, origin.address, attribute].filter((part) => part !== "").join(" ");
  return {
    direction: "undecided",
    kind: "reading",
    who: { principal: origin.address, label: place },
    targetLabel: "",
    verb,
    rest: `: ${reason}`,
    origins: [origin],
  };
}
