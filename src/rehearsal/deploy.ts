import { applyPlan, deleteResources, type Change } from "./apply";
import { isProtected } from "./block-arguments";
import { planBlocks, refresh, type StackRun } from "./plan";
import type { Principal } from "./principal";
import { ProviderSessions } from "./provider-sessions";
import { tryResourceType } from "./resources/resource-types";
import type { TerraformBlock } from "../estate/terraform-json";
import { isSimulatedDataSource } from "./data-sources";
import type { SimulatedAws } from "./simulated-aws";
import { readStackFile } from "./stack-file";
import { StackState } from "./stack-state";
import { StackValues } from "./stack-values";
import { preventedDestroy, TerraformError } from "./terraform-error";
import { resolveValue, spellUnknowns, type Attributes } from "./value";

/** A Terraform that deploys into simulated accounts, with the state of every stack. */
export class SimulatedTerraform {
  private readonly states = new Map<string, StackState>();

  /** `profiles`: named profiles of the AWS configuration, and who signs in by each. */
  constructor(
    readonly aws: SimulatedAws,
    readonly profiles: ReadonlyMap<string, Principal> = new Map(),
  ) {}

  /** The stack's state; empty before its first deploy. */
  state(stackName: string): StackState {
    const known = this.states.get(stackName);
    if (known !== undefined) return known;
    const state = new StackState();
    this.states.set(stackName, state);
    return state;
  }
}

/** How a deploy ended. */
export type DeployResult =
  | {
      readonly ok: true;
      readonly changes: readonly Change[];
      /** What `terraform output -json` says, without types; a part that is not known is spelled `${…}`. */
      readonly outputs: Attributes;
      /** Addresses of resources and data sources of types that are kept in state only. */
      readonly notSimulated: readonly string[];
    }
  | {
      readonly ok: false;
      /** What it stopped at: a resource, a data source, `provider.aws`. */
      readonly address?: string;
      /** AWS's message, or Terraform's. */
      readonly error: string;
      /** One sentence of ours: why AWS refuses. */
      readonly reason?: string;
      /** What was done before. */
      readonly changes: readonly Change[];
    };

/**
 * Deploys one stack's synthesized JSON: takes up the credentials of its provider, compares the stack
 * with its state and with what is in the accounts, and changes what differs.
 *
 * Limits: whether the deploying identity's own policies allow IAM calls (`iam:CreateRole` and the like)
 * is not judged, only whether it gets in, whether it may make a grant on a key, and what a service
 * control policy denies. It stops at the first refusal, where Terraform would go on with
 * what does not depend on it. Tags are compared with the state alone.
 */
export function deployStack(
  terraform: SimulatedTerraform,
  stackName: string,
  json: unknown,
  runAs: Principal,
): DeployResult {
  return run(terraform, stackName, json, runAs, (stackRun, report) => {
    applyPlan(stackRun, planBlocks(stackRun), report);
    const { stack, state, values } = stackRun;
    const outputs = [...stack.outputs].map(
      ([name, value]) => [name, spellUnknowns(resolveValue(value, values.lookup))] as const,
    );
    state.outputs = Object.fromEntries(outputs.filter(([, value]) => value !== null));
  });
}

/** Destroys everything that the stack's state holds, with the credentials of its provider. */
export function destroyStack(
  terraform: SimulatedTerraform,
  stackName: string,
  json: unknown,
  runAs: Principal,
): DeployResult {
  return run(terraform, stackName, json, runAs, (stackRun, report) => {
    const { stack, state } = stackRun;
    for (const block of stack.blocks) {
      if (isProtected(block) && state.resources.has(block.address)) {
        throw preventedDestroy(block.address);
      }
    }
    deleteResources(stackRun, [...state.resources.values()], report);
    state.outputs = {};
  });
}

function run(
  terraform: SimulatedTerraform,
  stackName: string,
  json: unknown,
  runAs: Principal,
  act: (stackRun: StackRun, report: (change: Change) => void) => void,
): DeployResult {
  const changes = new Map<string, Change>();
  // A replacement deletes and then creates under one address: it is one change.
  const report = (change: Change): void => {
    changes.delete(change.address);
    changes.set(change.address, change);
  };
  try {
    const stack = readStackFile(stackName, json);
    const sessions = new ProviderSessions(terraform.aws, terraform.profiles, stack, runAs);
    const state = terraform.state(stackName);
    const stackRun = { stack, state, sessions, values: new StackValues() };
    refresh(stackRun);
    try {
      act(stackRun, report);
    } finally {
      for (const account of sessions.accounts()) {
        account.noteStack(stackName, state.resources.size > 0);
      }
    }
    const notSimulated = stack.blocks.filter(isKeptInStateOnly).map(({ address }) => address);
    return { ok: true, changes: [...changes.values()], outputs: state.outputs, notSimulated };
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const { address, message, reason } = error;
    return { ok: false, address, error: message, reason, changes: [...changes.values()] };
  }
}

function isKeptInStateOnly({ mode, type }: TerraformBlock): boolean {
  return mode === "data" ? !isSimulatedDataSource(type) : tryResourceType(type) === undefined;
}
