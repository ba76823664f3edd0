import type { Extend } from "../app";
import { accessOf, type Access } from "../estate/access";
import type { Estate } from "../estate/estate";
import { confirmOutputs, type Confirmation } from "../model/confirmation";
import type { Model } from "../model/model";
import { nextSteps, type DeployedBy, type DeployStep } from "../model/next-steps";
import { tryParseStackOutputs, type StackOutputs } from "../model/stack-outputs";
import { trackTrusts } from "../model/trust-progress";
import { modelWithLock } from "../model/with-lock";
import { EMPTY_LOCK, type Lock } from "../trust/lock";
import { deployStack, type DeployResult } from "./deploy";
import { OUTSIDE } from "./seed";
import { Synthesis } from "./synthesis";
import { toEstate } from "./to-estate";
import { buildWorld, type World } from "./world";

/** A stack as it was deployed in a step. */
export interface DeployedStack {
  readonly stack: string;
  readonly result: DeployResult;
}

/** A wave of the rollout, after it was made. */
export interface RehearsedStep {
  readonly name: DeployStep["name"];
  readonly by: DeployedBy;
  /** ARN of the principal that deployed. */
  readonly principal: string;
  readonly stacks: readonly DeployedStack[];
  /** Every access to a role of a stack, after the step. */
  readonly access: readonly Access[];
  /** What `crosstrust confirm` then recorded; undefined where more stacks are deployed before it. */
  readonly confirmation?: Confirmation;
}

/** How a rehearsal ended. */
export type Outcome =
  | { readonly kind: "tightened" }
  /** ARNs of principals that no stack of ours makes. */
  | { readonly kind: "waiting"; readonly principals: readonly string[] }
  | {
      readonly kind: "refused";
      readonly stack: string;
      readonly address?: string;
      readonly error: string;
      readonly reason?: string;
    };

/** A whole rollout. */
export interface Rehearsal {
  readonly steps: readonly RehearsedStep[];
  readonly outcome: Outcome;
}

/** A time that no clock gives, so that the same rehearsal gives the same bytes. */
const ANY_TIME = "2000-01-01T00:00:00Z";

/**
 * Rolls the organization out from nothing, in the order that `crosstrust status` names, into
 * simulated accounts: deploys, confirms and synthesizes again until everything is tightened, a
 * principal is waited for that no stack makes, or AWS refuses. What the lock file confirms is not
 * used: the rehearsal starts where a new organization does.
 *
 * `onStep` is told of each step before it is made, for a progress line.
 */
export function rehearse(
  model: Model,
  extend: Extend,
  onStep: (step: DeployStep) => void = () => undefined,
): Rehearsal {
  const world = buildWorld(model);
  const synthesis = new Synthesis(extend);
  const steps: RehearsedStep[] = [];
  let lock: Lock = EMPTY_LOCK;
  for (;;) {
    const current = modelWithLock(model, lock);
    const outputs = new Map<string, StackOutputs>();
    const planned = nextSteps(current);
    for (const step of planned) {
      onStep(step);
      const made = deployStep(world, synthesis, current, step);
      steps.push(made);
      const refused = refusalOf(made.stacks);
      if (refused !== undefined) return { steps, outcome: refused };
      for (const { stack, result } of made.stacks) {
        const parsed = result.ok ? tryParseStackOutputs(result.outputs) : undefined;
        if (parsed !== undefined) outputs.set(stack, parsed);
      }
    }
    const confirmation = confirmOutputs(current, outputs, {
      now: ANY_TIME,
      acceptRecreated: false,
    });
    if (planned.length === 0 || JSON.stringify(confirmation.lock) === JSON.stringify(lock)) {
      return { steps, outcome: outcomeOf(current) };
    }
    steps.push({ ...steps[steps.length - 1], confirmation });
    steps.splice(-2, 1);
    lock = confirmation.lock;
  }
}

function deployStep(
  world: World,
  synthesis: Synthesis,
  model: Model,
  step: DeployStep,
): RehearsedStep {
  const principal = world.deployer(step.by);
  const stacks: DeployedStack[] = [];
  for (const [stack, json] of synthesis.stacks(model, step.stacks)) {
    const result = deployStack(world.terraform, stack, json, principal);
    stacks.push({ stack, result });
    if (!result.ok) break;
  }
  return {
    name: step.name,
    by: step.by,
    principal: principal.arn,
    stacks,
    access: accessToStacks(toEstate(world.terraform.aws)),
  };
}

/** Leaves out the access roles and others that no stack makes: they are there before and after. */
function accessToStacks(estate: Estate): readonly Access[] {
  return accessOf(estate).filter(
    ({ roleArn }) => estate.identities.get(roleArn)?.origin.stack !== OUTSIDE,
  );
}

function refusalOf(stacks: readonly DeployedStack[]): Outcome | undefined {
  for (const { stack, result } of stacks) {
    if (result.ok) continue;
    const { address, error, reason } = result;
    return { kind: "refused", stack, address, error, reason };
  }
  return undefined;
}

function outcomeOf(model: Model): Outcome {
  const waiting = trackTrusts(model).filter(
    ({ progress }) => progress !== "done" && progress !== "kept",
  );
  return waiting.length === 0
    ? { kind: "tightened" }
    : {
        kind: "waiting",
        principals: [...new Set(waiting.map(({ trust }) => trust.principalArn))],
      };
}
