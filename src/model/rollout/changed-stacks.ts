import { isDeepStrictEqual } from "node:util";
import type { Model } from "../model";
import { STATE_BUCKET_STACK } from "../stack-names";
import { DeployOrder } from "./deploy-order";
import { deploySteps, nextSteps, type DeployStep } from "./next-steps";
import { deployerIsConfirmed } from "./stack-dependencies";

/** A stack that is not what it was. */
export interface ChangedStack {
  readonly stack: string;
  readonly change: "new" | "changed" | "gone";
}

/** Terraform JSON by stack. */
type Stacks = ReadonlyMap<string, unknown>;

/**
 * Stacks whose JSON differs between two synthesized organizations, byte for byte: first those that are
 * gone, in the order in which they are destroyed; then the others in the order of their deploy.
 */
export function changedStacks(
  before: { readonly model: Model; readonly stacks: Stacks },
  after: { readonly model: Model; readonly stacks: Stacks },
): readonly ChangedStack[] {
  const gone = stacksInOrder(before.model)
    .filter((stack) => before.stacks.has(stack) && !after.stacks.has(stack))
    .reverse();
  return [
    ...gone.map((stack): ChangedStack => ({ stack, change: "gone" })),
    ...stacksInOrder(after.model).flatMap((stack): readonly ChangedStack[] => {
      if (!after.stacks.has(stack)) return [];
      if (!before.stacks.has(stack)) return [{ stack, change: "new" }];
      const isSame = isSameJson(before.stacks.get(stack), after.stacks.get(stack));
      return isSame ? [] : [{ stack, change: "changed" }];
    }),
  ];
}

/** Bootstrap stacks before account stacks, as they are deployed. */
function stacksInOrder(model: Model): readonly string[] {
  const order = new DeployOrder(model);
  return [
    STATE_BUCKET_STACK,
    ...order.byNumber.flatMap(({ bootstrapStack }) => bootstrapStack ?? []),
    ...order.accounts.flatMap(({ stack }) => stack ?? []),
  ];
}

function isSameJson(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b) && JSON.stringify(a) === JSON.stringify(b);
}

/** The steps that a change of the files needs. */
export interface ChangeSteps {
  /** By the files before: those after have the stacks no longer. Account stacks, then bootstrap stacks. */
  readonly destroy: readonly DeployStep[];
  /** By the files after, up to the next confirmation. */
  readonly deploy: readonly DeployStep[];
}

/**
 * What to destroy and what to deploy after a change. An account that is gone is destroyed first: the
 * deployer's permission to get in stands in the hub's stack, and a trail needs its bucket's policy. A
 * state bucket is not destroyed with the rest: it holds their states.
 */
export function changeSteps(
  before: Model,
  after: Model,
  changed: readonly ChangedStack[],
): ChangeSteps {
  const gone = new Set(changed.filter(({ change }) => change === "gone").map(({ stack }) => stack));
  const kept = new Set(changed.filter(({ change }) => change !== "gone").map(({ stack }) => stack));
  const { bootstrap } = after.settings;
  const isBegun = bootstrap === undefined || deployerIsConfirmed(after, bootstrap);
  return {
    destroy: destroySteps(before, gone),
    deploy: isBegun ? deploySteps(after, (stack) => kept.has(stack)) : nextSteps(after),
  };
}

function destroySteps(model: Model, gone: ReadonlySet<string>): readonly DeployStep[] {
  const backwards = [...new DeployOrder(model).accounts].reverse();
  const isGone = (stack: string | undefined): stack is string =>
    stack !== undefined && gone.has(stack);
  const named = (isByDeployer: boolean): readonly string[] =>
    backwards
      .filter(({ bootstrapStack }) => (bootstrapStack !== undefined) === isByDeployer)
      .map(({ stack }) => stack)
      .filter(isGone);
  const steps: readonly DeployStep[] = [
    { name: "destroy", by: "deployer", stacks: named(true) },
    { name: "destroy", by: "administrator", stacks: named(false) },
    {
      name: "destroy",
      by: "administrator",
      stacks: backwards.map(({ bootstrapStack }) => bootstrapStack).filter(isGone),
    },
  ];
  return steps.filter(({ stacks }) => stacks.length > 0);
}
