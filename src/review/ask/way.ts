import type { Access } from "../../estate/access";
import type { ResourceAccess } from "../../estate/resource-access";
import type { DecidingPlace } from "./decide-on";

/** One request on a way: assuming a role, or the action that is asked about. */
export interface Step {
  readonly action: string;
  /** The role, the resource or the object. */
  readonly arn: string;
  readonly result: "allowed" | "unknown";
  /** What the request must bring along: `MFA`, `external ID agreed`. */
  readonly needs: readonly string[];
  readonly by: Access["by"] | ResourceAccess["by"];
  /** The statements of each side that allow it; none where it is unknown. */
  readonly places: readonly DecidingPlace[];
  /** Why it is unknown. @default - it is allowed */
  readonly reason?: string;
}

/** How somebody gets somewhere: by one request, or by assuming roles one after another. */
export interface Way {
  /** Who begins, as `Access` has it. */
  readonly principal: string;
  /** `unknown` where some step is. */
  readonly result: "allowed" | "unknown";
  /** At least one. */
  readonly steps: readonly Step[];
  /**
   * Of somebody who may sign in to the console: why switching roles there does not lead the same way.
   * @default - it does, or he does not sign in
   */
  readonly notInConsole?: string;
}

/** The certain ones first, then the short ones. */
export function compareWays(a: Way, b: Way): number {
  if (a.result !== b.result) return a.result === "allowed" ? -1 : 1;
  return a.steps.length - b.steps.length;
}

/** Ways in an order that does not depend on how they were found: as above, then by a text of each. */
export function sortWays<T extends Way>(
  ways: readonly T[],
  textOf: (way: T) => string,
): readonly T[] {
  return [...ways].sort(
    (a, b) => compareWays(a, b) || (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0),
  );
}
