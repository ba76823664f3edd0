import { z } from "zod";

const VALUES = z.record(z.string(), z.unknown()).nullable();

const PLAN = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({ actions: z.array(z.string()), before: VALUES, after: VALUES }),
      }),
    )
    .default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
});

/** One change of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** `update`, `create`, `delete`, or `delete, create` for a replacement. */
  readonly actions: string;
  /** Arguments that an update changes, sorted; none for other actions. */
  readonly changed: readonly string[];
}

/** What a plan would do. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** Outputs that would change, sorted. */
  readonly outputs: readonly string[];
}

/** A plan without a change. */
export const NOTHING_PLANNED: Plan = { changes: [], outputs: [] };

/** What a plan does, from the text of `terraform show -json`. */
export function parsePlan(json: string): Plan {
  const plan = PLAN.parse(JSON.parse(json));
  return {
    changes: plan.resource_changes
      .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
      .map(({ address, type, change }) => ({
        address,
        type,
        actions: change.actions.join(", "),
        changed:
          change.actions.join() === "update"
            ? changedKeys(change.before ?? {}, change.after ?? {})
            : [],
      })),
    outputs: Object.entries(plan.output_changes)
      .filter(([, { actions }]) => actions.join() !== "no-op")
      .map(([name]) => name)
      .sort(),
  };
}

function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
}
