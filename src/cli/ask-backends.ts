import { resolve } from "node:path";
import { defaultOutdir } from "../app";
import type { Model } from "../model/model";
import { tryParseStackOutputs, type StackOutputs } from "../model/rollout/stack-outputs";
import { staleStacks } from "../model/rollout/stale-stacks";
import { stackAccounts } from "../model/rollout/trusted-principals";
import { trustings } from "../model/rollout/trusting";
import { readOutputs } from "../terraform/read-outputs";
import type { StackBackend } from "../terraform/run-on-backend";
import { isPrincipalTrust } from "../trust/trust";
import { synthesize } from "./project";
import type { Terminal } from "./terminal";

/** How many backends are asked at once. */
const AT_ONCE = 4;

/**
 * The outputs of every stack that has anything to tell, asked from its backend; stacks that were never
 * applied have none. Throws a TerraformError at the first backend that cannot be reached.
 */
export async function askBackends(
  terminal: Terminal,
  model: Model,
): Promise<ReadonlyMap<string, StackOutputs>> {
  const concerned = concernedStacks(model);
  const stacks = [...(await synthesize(model))].filter(([stack]) => concerned.has(stack));
  const outputs = new Map<string, StackOutputs>();
  for (const [stack, values] of await askEach(terminal, stacks, readOutputs)) {
    const parsed = tryParseStackOutputs(values);
    if (parsed !== undefined) outputs.set(stack, parsed);
  }
  return outputs;
}

/** Asks the backend of every stack for something of its state, some of them at once. */
export async function askEach<T>(
  terminal: Terminal,
  stacks: readonly (readonly [string, unknown])[],
  ask: (backend: StackBackend) => Promise<T>,
): Promise<readonly (readonly [string, T])[]> {
  const answers: (readonly [string, T])[] = [];
  for (let done = 0; done < stacks.length; done += AT_ONCE) {
    terminal.progress(`asking backends: ${done} of ${stacks.length} stacks`);
    const some = stacks.slice(done, done + AT_ONCE).map(async ([stack, json]) => {
      return [stack, await ask(backendOf(stack, json))] as const;
    });
    // Where one fails the others come to their end first: no Terraform is left running.
    await Promise.allSettled(some);
    answers.push(...(await Promise.all(some)));
  }
  terminal.progress(undefined);
  return answers;
}

/**
 * Stacks that trust or are trusted, that share or use, those that are not known to be deployed, and those
 * that are due: a role that trusts nobody any more, or a group on other terms.
 */
function concernedStacks(model: Model): ReadonlySet<string> {
  const trusting = trustings(model).filter(
    ({ kind, trusts, terms }) =>
      trusts.some(isPrincipalTrust) || (kind !== "role" && Object.keys(terms()).length > 0),
  );
  const trusted = [...model.roles, ...model.users].filter((principal) => principal.trusted);
  const unknown = [...stackAccounts(model).keys()].filter(
    (stack) => !Object.hasOwn(model.lock.stacks, stack),
  );
  const concerned = [...trusting, ...trusted].map(({ stack }) => stack);
  return new Set([...concerned, ...unknown, ...staleStacks(model)]);
}

function backendOf(stack: string, json: unknown): StackBackend {
  const folder = resolve(defaultOutdir(), "stacks", stack);
  return { stack, terraform: terraformBlock(json), folder };
}

function terraformBlock(json: unknown): unknown {
  return typeof json === "object" && json !== null && "terraform" in json
    ? json.terraform
    : undefined;
}
