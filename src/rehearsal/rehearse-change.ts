import { synthesizeInMemory, type Extend } from "../app";
import type { Access } from "../estate/access";
import type { Model } from "../model/model";
import { changedStacks, changeSteps } from "../model/rollout/changed-stacks";
import { confirmOutputs, pruneLock } from "../model/rollout/confirmation";
import type { DeployStep } from "../model/rollout/next-steps";
import { modelWithLock } from "../model/rollout/with-lock";
import { EMPTY_LOCK, type Lock } from "../trust/lock";
import { cameToItsEnd, HOW, rollOut, sealedAs, withConfirmation, type Rehearsal } from "./rollout";
import { accessToStacks, makeRound, type Outcome, type RehearsedStep } from "./round";
import { Synthesis } from "./synthesis";
import { accessKey } from "./wider-access";
import type { World } from "./world";
import { buildWorldOfChange } from "./world-of-change";

/** A change of the files, rehearsed on the organization as it was rolled out before it. */
export interface RehearsedChange extends Rehearsal {
  /** How the rollout of the files before the change ended; the change is not made where it was refused. */
  readonly before: { readonly outcome: Outcome; readonly access: readonly Access[] };
  /** Accesses that the change brings, and that it takes away. */
  readonly gained: readonly Access[];
  readonly lost: readonly Access[];
}

/**
 * Rolls an organization out to its end, and then the change of its files: destroys the stacks that are
 * gone, deploys those whose JSON differs, confirms, and goes on until everything is tightened again.
 */
export function rehearseChange(
  before: Model,
  after: Model,
  extend: Extend,
  onStep: (step: DeployStep) => void = () => undefined,
): RehearsedChange {
  const world = buildWorldOfChange(before, after);
  const synthesis = new Synthesis(extend);
  const first = { world, synthesis, lock: sealedAs(before, EMPTY_LOCK) };
  const { outcome, lock } = rollOut(first, before, onStep);
  const access = accessToStacks(world.terraform, before);
  const begun = { outcome, access };
  if (outcome.kind === "refused") {
    return { before: begun, steps: [], outcome, gained: [], lost: [] };
  }
  const change = makeChange(world, modelWithLock(before, lock), after, extend, onStep);
  const end = accessToStacks(world.terraform, after);
  return {
    ...change,
    before: begun,
    gained: without(end, access),
    lost: without(access, end),
  };
}

function makeChange(
  world: World,
  before: Model,
  after: Model,
  extend: Extend,
  onStep: (step: DeployStep) => void,
): Rehearsal {
  const current = modelWithLock(after, sealedAs(after, before.lock));
  const changed = changedStacks(
    { model: before, stacks: synthesizeInMemory(before, extend) },
    { model: current, stacks: synthesizeInMemory(current, extend) },
  );
  const { destroy, deploy } = changeSteps(before, current, changed);
  const destroyed = makeRound(
    world,
    new Synthesis(extend),
    withoutProtection(before),
    destroy,
    onStep,
  );
  if (destroyed.refusal !== undefined) {
    return { steps: destroyed.steps, outcome: destroyed.refusal };
  }
  const synthesis = new Synthesis(extend);
  const changedWorld = world.changedTo(after);
  const deployed = makeRound(changedWorld, synthesis, current, deploy, onStep);
  const steps: readonly RehearsedStep[] = [...destroyed.steps, ...deployed.steps];
  if (deployed.refusal !== undefined) return { steps, outcome: deployed.refusal };
  const confirmation = confirmOutputs(current, deployed.outputs, HOW);
  const lock: Lock = destroy.length > 0 ? pruneLock(after, confirmation.lock) : confirmation.lock;
  const rest = rollOut({ world: changedWorld, synthesis, lock }, after, onStep);
  if (rest.outcome.kind === "refused") {
    return {
      steps: [...withConfirmation(steps, confirmation), ...rest.steps],
      outcome: rest.outcome,
    };
  }
  return cameToItsEnd(
    [...withConfirmation(steps, confirmation), ...rest.steps],
    modelWithLock(after, rest.lock),
  );
}

/** As `"protect": false` in settings makes it: what is gone could not be destroyed otherwise. */
function withoutProtection(model: Model): Model {
  return {
    ...model,
    settings: { ...model.settings, protect: false },
    roles: model.roles.map((role) => ({ ...role, protect: false })),
    logging: model.logging.map((part) => ({
      ...part,
      buckets: part.buckets.map((bucket) => ({ ...bucket, protect: false })),
    })),
  };
}

function without(access: readonly Access[], others: readonly Access[]): readonly Access[] {
  const known = new Set(others.map(accessKey));
  return access.filter((each) => !known.has(accessKey(each)));
}
