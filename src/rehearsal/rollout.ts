import type { Extend } from "../app";
import {
  confirmOutputs,
  type Confirmation,
  type ConfirmOptions,
} from "../model/rollout/confirmation";
import type { Model } from "../model/model";
import { nextSteps, type DeployStep } from "../model/rollout/next-steps";
import { trackTrusts } from "../model/rollout/trust-progress";
import { modelWithLock } from "../model/rollout/with-lock";
import { formatLock } from "../trust/format-lock";
import { EMPTY_LOCK, type Lock } from "../trust/lock";
import { makeRound, type Outcome, type RehearsedStep } from "./round";
import { Synthesis } from "./synthesis";
import { widerThan } from "./wider-access";
import { buildWorld, type World } from "./world";

/** A whole rollout. */
export interface Rehearsal {
  readonly steps: readonly RehearsedStep[];
  readonly outcome: Outcome;
}

/** A time that no clock gives, so that the same rehearsal gives the same bytes. */
const ANY_TIME = "2000-01-01T00:00:00Z";

/** How a rehearsal confirms. */
export const HOW: ConfirmOptions = { now: ANY_TIME, acceptRecreated: false };

/** Where a rollout begins. */
export interface Start {
  readonly world: World;
  readonly synthesis: Synthesis;
  readonly lock: Lock;
}

/** A rollout that came to its end, with the lock that it wrote. */
export interface RolledOut extends Rehearsal {
  readonly lock: Lock;
}

/**
 * Rolls the organization out from nothing, in the order that `crosstrust status` names, into
 * simulated accounts: deploys, confirms and synthesizes again until everything is tightened, a
 * principal is waited for that no stack makes, or AWS refuses. What the lock file confirms is not
 * used: the rehearsal starts where a new organization does, but with the seals of the file.
 *
 * `onStep` is told of each step before it is made, for a progress line.
 */
export function rehearse(
  model: Model,
  extend: Extend,
  onStep: (step: DeployStep) => void = () => undefined,
): Rehearsal {
  const synthesis = new Synthesis(extend);
  const start = { world: buildWorld(model), synthesis, lock: sealedAs(model, EMPTY_LOCK) };
  const { steps, outcome } = rollOut(start, model, onStep);
  return { steps, outcome };
}

/** A lock with the seals that a model's lock has: no rollout finds them out. */
export function sealedAs({ lock: { sealed } }: Model, lock: Lock): Lock {
  return { ...lock, sealed };
}

/** Rolls an organization out from wherever its accounts and its lock are. */
export function rollOut(
  { world, synthesis, lock: first }: Start,
  model: Model,
  onStep: (step: DeployStep) => void,
): RolledOut {
  const steps: RehearsedStep[] = [];
  let lock = first;
  for (;;) {
    const current = modelWithLock(model, lock);
    const round = makeRound(world, synthesis, current, nextSteps(current), onStep);
    const { steps: made, outputs, refusal } = round;
    if (refusal !== undefined) return { steps: [...steps, ...made], outcome: refusal, lock };
    const confirmation = confirmOutputs(current, outputs, HOW);
    if (formatLock(confirmation.lock) === formatLock(lock)) {
      return { ...cameToItsEnd([...steps, ...made], current), lock };
    }
    steps.push(...withConfirmation(made, confirmation));
    lock = confirmation.lock;
  }
}

/** Steps of a round, the last one with what was confirmed after it. */
export function withConfirmation(
  steps: readonly RehearsedStep[],
  confirmation: Confirmation,
): readonly RehearsedStep[] {
  return [...steps.slice(0, -1), ...steps.slice(-1).map((last) => ({ ...last, confirmation }))];
}

/** The rehearsal with what each step has that its end has not. */
export function cameToItsEnd(steps: readonly RehearsedStep[], model: Model): Rehearsal {
  const open = trackTrusts(model).filter(
    ({ progress }) => progress !== "done" && progress !== "kept",
  );
  const widerThanItsEnd = widerThan(steps.at(-1)?.access ?? [], open);
  return {
    steps: steps.map((step) => ({ ...step, wider: step.access.filter(widerThanItsEnd) })),
    outcome:
      open.length === 0
        ? { kind: "tightened" }
        : {
            kind: "waiting",
            principals: [...new Set(open.map(({ trust }) => trust.principalArn))],
          },
  };
}
