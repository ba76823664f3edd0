import type { Extend } from "../app";
import { accessOf, type Access } from "../estate/access";
import { confirmOutputs, type Confirmation } from "../model/rollout/confirmation";
import type { Model } from "../model/model";
import { nextSteps, type DeployedBy, type DeployStep } from "../model/rollout/next-steps";
import { tryParseStackOutputs, type StackOutputs } from "../model/rollout/stack-outputs";
import { trackTrusts } from "../model/rollout/trust-progress";
import { stackAccounts } from "../model/rollout/trusted-principals";
import { modelWithLock } from "../model/rollout/with-lock";
import { formatLock } from "../trust/format-lock";
import { EMPTY_LOCK, type Lock } from "../trust/lock";
import { deployStack, type DeployResult, type SimulatedTerraform } from "./deploy";
import { Synthesis } from "./synthesis";
import { toEstate } from "./to-estate";
import { widerThan } from "./wider-access";
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
  /** Those that the end of the rollout no longer has; undefined where it was refused before its end. */
  readonly wider?: readonly Access[];
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

/** The steps up to a confirmation, and what it has to go by. */
interface Round {
  readonly steps: readonly RehearsedStep[];
  readonly outputs: ReadonlyMap<string, StackOutputs>;
  /** Set when a deploy was refused: the last of the last step. */
  readonly refusal?: Outcome;
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
    const { steps: made, outputs, refusal } = makeRound(world, synthesis, current, onStep);
    if (refusal !== undefined) return { steps: [...steps, ...made], outcome: refusal };
    const confirmation = confirmOutputs(current, outputs, {
      now: ANY_TIME,
      acceptRecreated: false,
    });
    if (formatLock(confirmation.lock) === formatLock(lock)) {
      return cameToItsEnd([...steps, ...made], current);
    }
    steps.push(...made.slice(0, -1), ...made.slice(-1).map((last) => ({ ...last, confirmation })));
    lock = confirmation.lock;
  }
}

function makeRound(
  world: World,
  synthesis: Synthesis,
  model: Model,
  onStep: (step: DeployStep) => void,
): Round {
  const steps: RehearsedStep[] = [];
  const outputs = new Map<string, StackOutputs>();
  for (const planned of nextSteps(model)) {
    onStep(planned);
    const step = deployStep(world, synthesis, model, planned);
    steps.push(step);
    for (const { stack, result } of step.stacks) {
      if (!result.ok) {
        const { address, error, reason } = result;
        return { steps, outputs, refusal: { kind: "refused", stack, address, error, reason } };
      }
      const parsed = tryParseStackOutputs(result.outputs);
      if (parsed !== undefined) outputs.set(stack, parsed);
    }
  }
  return { steps, outputs };
}

/** Stops at the first stack that is refused, where Terraform would go on with the others. */
function deployStep(
  { terraform, deployer }: World,
  synthesis: Synthesis,
  model: Model,
  step: DeployStep,
): RehearsedStep {
  const principal = deployer(step.by);
  const stacks: DeployedStack[] = [];
  for (const [stack, json] of synthesis.stacks(model, step.stacks)) {
    const result = deployStack(terraform, stack, json, principal);
    stacks.push({ stack, result });
    if (!result.ok) break;
  }
  return {
    name: step.name,
    by: step.by,
    principal: principal.arn,
    stacks,
    access: accessToStacks(terraform, model),
  };
}

/** Leaves out the access roles and others that no stack makes: they are there before and after. */
function accessToStacks(terraform: SimulatedTerraform, model: Model): readonly Access[] {
  const roles = new Set(
    [...stackAccounts(model).keys()].flatMap((stack) =>
      [...terraform.state(stack).resources.values()]
        .filter(({ type }) => type === "aws_iam_role")
        .map(({ attributes }) => attributes.arn),
    ),
  );
  return accessOf(toEstate(terraform.aws), { unlisted: "do not exist" }).filter(({ roleArn }) =>
    roles.has(roleArn),
  );
}

/** The rehearsal with what each step has that its end has not. */
function cameToItsEnd(steps: readonly RehearsedStep[], model: Model): Rehearsal {
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
