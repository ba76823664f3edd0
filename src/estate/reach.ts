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

  /** `accesses`: of the whole estate, by `accessOf`. */
  constructor(accesses: Iterable<Access>) {
    for (const access of accesses) {
      const known = this.into.get(access.roleArn);
      if (known === undefined) this.into.set(access.roleArn, [access]);
      else known.push(access);
    }
  }

  /**
   * Everyone who can come to be a role, each by one of the shortest chains: by one whose every step is
   * allowed, where there is one. Costs as much as there are accesses on the way.
   */
  chainsTo(roleArn: string): readonly Chain[] {
    const allowed = this.search(roleArn, ({ result }) => result === "allowed");
    const any = this.search(roleArn, () => true);
    return [...any].map(([principal, steps]) => {
      const certain = allowed.get(principal);
      return certain === undefined
        ? { principal, steps: toList(steps), result: "unknown" }
        : { principal, steps: toList(certain), result: "allowed" };
    });
  }

  /** Backwards from the role, level by level. */
  private search(
    roleArn: string,
    counts: (access: Access) => boolean,
  ): ReadonlyMap<string, LinkedSteps> {
    const found = new Map<string, LinkedSteps>();
    const queue: { readonly arn: string; readonly next?: LinkedSteps }[] = [{ arn: roleArn }];
    for (const { arn, next } of queue) {
      for (const access of this.into.get(arn) ?? []) {
        const { principal } = access;
        if (!counts(access) || principal === roleArn || found.has(principal)) continue;
        const steps = { access, next };
        found.set(principal, steps);
        queue.push({ arn: principal, next: steps });
      }
    }
    return found;
  }
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
