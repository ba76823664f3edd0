import type { Access } from "./access";

/** How a principal comes to be a role: the roles that it assumes one after another. */
export interface Chain {
  /** Who makes the first step, as `Access` has it. */
  readonly principal: string;
  /** At least one; the last is of the role that is reached. */
  readonly steps: readonly Access[];
  /** `unknown` where some step is. */
  readonly result: "allowed" | "unknown";
}

/**
 * Chains of roles: who can come to be which role, through any number of AssumeRole steps. A session of a
 * role may assume what the role may, with the permissions of that role alone (IAM User Guide, "Role
 * chaining"), so that the accesses of single steps decide.
 */
export class Reach {
  private readonly into = new Map<string, Access[]>();
  private readonly from = new Map<string, Access[]>();

  /** `accesses`: of the whole estate, by `accessOf`. */
  constructor(accesses: Iterable<Access>) {
    for (const access of accesses) {
      addTo(this.into, access.roleArn, access);
      addTo(this.from, access.principal, access);
    }
  }

  /**
   * Everyone who can come to be a role, each by one of the shortest chains: by one whose every step is
   * allowed, where there is one. Costs as much as there are accesses on the way.
   */
  chainsTo(roleArn: string): readonly Chain[] {
    return chainsOf(roleArn, this.into, ({ principal }) => principal).map(([principal, chain]) => ({
      principal,
      ...chain,
    }));
  }

  /** Every role that a principal can come to be, each by a chain as `chainsTo` has it. */
  chainsFrom(principal: string): readonly Chain[] {
    return chainsOf(principal, this.from, ({ roleArn }) => roleArn).map(
      ([, { steps, result }]) => ({ principal, steps: [...steps].reverse(), result }),
    );
  }

  /** How many steps the longest chain from a principal has; 0 where it assumes nothing. Circles count once. */
  longestFrom(principal: string): number {
    const known = new Map<string, number | "open">();
    const longest = (arn: string): number => {
      const before = known.get(arn);
      if (before !== undefined) return before === "open" ? 0 : before;
      known.set(arn, "open");
      const next = (this.from.get(arn) ?? [])
        .filter(({ roleArn }) => known.get(roleArn) !== "open")
        .map(({ roleArn }) => 1 + longest(roleArn));
      const steps = next.reduce((most, each) => Math.max(most, each), 0);
      known.set(arn, steps);
      return steps;
    };
    return longest(principal);
  }
}

/** For each end that is found from a start: the steps from that end back to the start. */
function chainsOf(
  start: string,
  accesses: ReadonlyMap<string, readonly Access[]>,
  otherEnd: (access: Access) => string,
): readonly (readonly [string, Pick<Chain, "steps" | "result">])[] {
  const search = (counts: (access: Access) => boolean): ReadonlyMap<string, LinkedSteps> => {
    const found = new Map<string, LinkedSteps>();
    const queue: { readonly arn: string; readonly next?: LinkedSteps }[] = [{ arn: start }];
    for (const { arn, next } of queue) {
      for (const access of accesses.get(arn) ?? []) {
        const end = otherEnd(access);
        if (!counts(access) || end === start || found.has(end)) continue;
        const steps = { access, next };
        found.set(end, steps);
        queue.push({ arn: end, next: steps });
      }
    }
    return found;
  };
  const allowed = search(({ result }) => result === "allowed");
  return [...search(() => true)].map(([end, steps]) => {
    const certain = allowed.get(end);
    return certain === undefined
      ? [end, { steps: toList(steps), result: "unknown" }]
      : [end, { steps: toList(certain), result: "allowed" }];
  });
}

/** Chains share their ends, so that finding them all costs no more than the accesses. */
interface LinkedSteps {
  readonly access: Access;
  readonly next?: LinkedSteps;
}

function toList(first: LinkedSteps): readonly Access[] {
  const steps: Access[] = [];
  for (let step: LinkedSteps | undefined = first; step !== undefined; step = step.next) {
    steps.push(step.access);
  }
  return steps;
}

function addTo(map: Map<string, Access[]>, key: string, access: Access): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [access]);
  else known.push(access);
}
