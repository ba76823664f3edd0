import { accessOf, type Access } from "../estate/access";
import type { Confirmation } from "../model/rollout/confirmation";
import type { Model } from "../model/model";
import type { DeployedBy, DeployStep } from "../model/rollout/next-steps";
import { tryParseStackOutputs, type StackOutputs } from "../model/rollout/stack-outputs";
import { stackAccounts } from "../model/rollout/trusted-principals";
import { deployStack, destroyStack, type DeployResult, type SimulatedTerraform } from "./deploy";
import type { Synthesis } from "./synthesis";
import { toEstate } from "./to-estate";
import type { World } from "./world";

/** A stack as it was deployed in a step. */
export interface DeployedStack {
  readonly stack: string;
  readonly result: DeployResult;
}

/** A step of the rollout, after it was made. */
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

/** The steps up to a confirmation, and what it has to go by. */
export interface Round {
  readonly steps: readonly RehearsedStep[];
  readonly outputs: ReadonlyMap<string, StackOutputs>;
  /** Set when a deploy was refused: the last of the last step. */
  readonly refusal?: Outcome;
}

/** Makes steps one after the other, as far as AWS does not refuse. */
export function makeRound(
  world: World,
  synthesis: Synthesis,
  model: Model,
  planned: readonly DeployStep[],
  onStep: (step: DeployStep) => void,
): Round {
  const steps: RehearsedStep[] = [];
  const outputs = new Map<string, StackOutputs>();
  for (const each of planned) {
    onStep(each);
    const step = makeStep(world, synthesis, model, each);
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
function makeStep(
  { terraform, deployer }: World,
  synthesis: Synthesis,
  model: Model,
  step: DeployStep,
): RehearsedStep {
  const principal = deployer(step.by);
  const act = step.name === "destroy" ? destroyStack : deployStack;
  const stacks: DeployedStack[] = [];
  for (const [stack, json] of synthesis.stacks(model, step.stacks)) {
    const result = act(terraform, stack, json, principal);
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
export function accessToStacks(terraform: SimulatedTerraform, model: Model): readonly Access[] {
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
