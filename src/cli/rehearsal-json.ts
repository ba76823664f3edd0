import type { Access } from "../estate/access";
import type { Change } from "../rehearsal/apply";
import type { RehearsedChange } from "../rehearsal/rehearse-change";
import type { Rehearsal } from "../rehearsal/rollout";
import type { DeployedStack } from "../rehearsal/round";

/** How many resources a step changes, by what it does to them. */
export type ChangeCounts = Readonly<Partial<Record<Change["action"], number>>>;

/**
 * `crosstrust rehearse --json`: a contract (docs/commands.md), apart from the rehearsal's own types so
 * that these can change.
 */
export interface RehearsalJson {
  readonly steps: readonly {
    readonly name: string;
    readonly by: string;
    readonly principal: string;
    readonly changes: ChangeCounts;
    readonly stacks: readonly {
      readonly stack: string;
      readonly result: "deployed" | "refused";
      readonly changes: readonly {
        readonly action: Change["action"];
        readonly address: string;
        readonly attributes?: readonly string[];
      }[];
    }[];
    readonly access: readonly AccessJson[];
    readonly wider?: readonly AccessJson[];
    readonly confirmation?: {
      readonly confirmed: readonly string[];
      readonly applied: readonly string[];
    };
  }[];
  readonly outcome: Rehearsal["outcome"];
}

/** Who can assume a role, by what, and what the request must bring along. */
type AccessJson = Pick<Access, "roleArn" | "principal" | "result" | "by" | "needs">;

/** The rehearsal as its JSON has it. */
export function rehearsalJson({ steps, outcome }: Rehearsal): RehearsalJson {
  return {
    steps: steps.map(({ name, by, principal, stacks, access, wider, confirmation }) => ({
      name,
      by,
      principal,
      changes: countChanges(stacks),
      stacks: stacks.map(stackJson),
      access: access.map(accessJson),
      ...(wider !== undefined && { wider: wider.map(accessJson) }),
      ...(confirmation !== undefined && {
        confirmation: { confirmed: confirmation.confirmed, applied: confirmation.applied },
      }),
    })),
    outcome,
  };
}

/** `crosstrust rehearse --since --json`: the rehearsal of a change, with what was before it. */
export interface ChangeJson extends RehearsalJson {
  readonly since: { readonly revision: string; readonly commit: string };
  readonly before: {
    readonly outcome: Rehearsal["outcome"];
    readonly access: readonly AccessJson[];
  };
  readonly gained: readonly AccessJson[];
  readonly lost: readonly AccessJson[];
}

/** The rehearsal of a change as its JSON has it. */
export function changeJson(change: RehearsedChange, since: ChangeJson["since"]): ChangeJson {
  const { before, gained, lost } = change;
  return {
    since,
    before: { outcome: before.outcome, access: before.access.map(accessJson) },
    ...rehearsalJson(change),
    gained: gained.map(accessJson),
    lost: lost.map(accessJson),
  };
}

/** How many resources a step changes, by what it does to them. */
export function countChanges(stacks: readonly DeployedStack[]): ChangeCounts {
  const counts: Partial<Record<Change["action"], number>> = {};
  for (const { action } of stacks.flatMap(({ result }) => result.changes)) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

function stackJson({
  stack,
  result,
}: DeployedStack): RehearsalJson["steps"][number]["stacks"][number] {
  return {
    stack,
    result: result.ok ? "deployed" : "refused",
    changes: result.changes.map(({ action, address, attributes }) => ({
      action,
      address,
      ...(attributes.length > 0 && { attributes }),
    })),
  };
}

function accessJson({ roleArn, principal, result, by, needs }: Access): AccessJson {
  return { roleArn, principal, result, by, needs };
}
