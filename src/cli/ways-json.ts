import type { Way } from "../review/ask/way";
import type { Shown } from "./print-ways";

/** A way for programs: with the names that people know, and places as stack and address. */
export function wayJson(way: Way & { readonly action?: string }, shown: Shown): object {
  const { principal, result, steps, notInConsole } = way;
  return {
    principal,
    name: shown(principal),
    result,
    ...(notInConsole !== undefined && { notInConsole }),
    steps: steps.map(({ places, arn, ...step }) => ({
      ...step,
      arn,
      name: shown(arn),
      statements: places.map(({ origin, ...place }) => ({ ...place, ...origin })),
    })),
  };
}
