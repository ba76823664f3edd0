import type { TerraformBlock } from "../estate/terraform-json";
import { argumentsOf, ignoresChangesOf, isProtected, refuseUnsimulated } from "./block-arguments";
import { tryReadDataSource } from "./data-sources";
import { differingArguments } from "./difference";
import { POLICY_DOCUMENT, readPolicyDocument } from "./policy-document-data-source";
import type { ProviderSessions } from "./provider-sessions";
import { defaultsOf, placeOf, readResource, replacedBy } from "./resource-place";
import { ResourceArguments } from "./resources/resource-arguments";
import type { ResourceType } from "./resources/resource-type";
import { tryResourceType } from "./resources/resource-types";
import { providerOf, type StackFile } from "./stack-file";
import type { ResourceState, StackState } from "./stack-state";
import type { StackValues } from "./stack-values";
import { at, notImportable, nothingToImport, preventedDestroy } from "./terraform-error";
import { resolveValue, unknownsIn, type Attributes } from "./value";

/** What a plan and its apply work with. */
export interface StackRun {
  readonly stack: StackFile;
  readonly state: StackState;
  readonly sessions: ProviderSessions;
  readonly values: StackValues;
}

/** What happens to one resource of the stack; a data source is `read` where it must wait. */
export interface PlannedBlock {
  readonly block: TerraformBlock;
  readonly action: "none" | "create" | "update" | "replace" | "import" | "read";
  /** Names of the arguments that differ, sorted. */
  readonly changed: readonly string[];
  /** As it is now; undefined where nothing is. */
  readonly current?: ResourceState;
}

/** Updates the state from what AWS shows; what is gone there leaves the state. */
export function refresh({ state, sessions }: StackRun): void {
  for (const resource of state.resources.values()) {
    const type = tryResourceType(resource.type);
    if (resource.provider === undefined) continue;
    const session = sessions.session(resource.provider);
    if (type === undefined) continue;
    const known = new ResourceArguments(resource.address, resource.arguments);
    const attributes = at(resource.address, () =>
      readResource(type, placeOf(session, known), resource.id, known),
    );
    if (attributes === undefined) state.resources.delete(resource.address);
    else state.resources.set(resource.address, { ...resource, attributes });
  }
}

/**
 * Plans every block of the stack in order, without changing anything. Throws what stops Terraform
 * before it applies: a data source or import that finds nothing, a protected resource that would go.
 */
export function planBlocks(run: StackRun): readonly PlannedBlock[] {
  return run.stack.blocks.map((block) =>
    block.mode === "data" ? planData(run, block) : planResource(run, block),
  );
}

/** Reads a data source into the values; used again in the apply for one that had to wait. */
export function readData({ sessions, values }: StackRun, block: TerraformBlock): void {
  if (block.type === POLICY_DOCUMENT) {
    return values.set(block.address, readPolicyDocument(block, values.lookup), false);
  }
  const provider = providerOf(block);
  const args = resolvedArguments(values, block);
  const attributes =
    provider === undefined
      ? undefined
      : at(block.address, () =>
          tryReadDataSource(
            block.type,
            sessions.session(provider),
            new ResourceArguments(block.address, args),
          ),
        );
  values.set(block.address, attributes ?? args, false);
}

/** The arguments of a block with their references resolved, as far as they are known by now. */
export function resolvedArguments(values: StackValues, block: TerraformBlock): Attributes {
  return Object.fromEntries(
    Object.entries(argumentsOf(block)).map(([name, value]) => [
      name,
      resolveValue(value, values.lookup),
    ]),
  );
}

function planData(run: StackRun, block: TerraformBlock): PlannedBlock {
  const mustWait =
    unknownsIn(resolvedArguments(run.values, block)).some(({ pending }) => pending) ||
    (Array.isArray(block.body.depends_on) &&
      block.body.depends_on.some((address) => run.values.isPending(String(address))));
  if (mustWait) run.values.set(block.address, {}, true);
  else readData(run, block);
  return { block, action: mustWait ? "read" : "none", changed: [] };
}

function planResource(run: StackRun, block: TerraformBlock): PlannedBlock {
  const { address } = block;
  const type = tryResourceType(block.type);
  const provider = providerOf(block);
  const session = provider === undefined ? undefined : run.sessions.session(provider);
  if (type !== undefined) refuseUnsimulated(block, type);
  const wanted = { ...defaultsOf(type, session), ...resolvedArguments(run.values, block) };
  const known = run.state.resources.get(address);
  const current = known ?? importedState(run, block, type, wanted);
  if (current === undefined) {
    run.values.set(address, wanted, true);
    return { block, action: "create", changed: [] };
  }
  const changed = differingArguments(wanted, current, type).filter(
    (name) => !ignoresChangesOf(block, name),
  );
  if (type !== undefined && replacedBy(type, changed)) {
    if (isProtected(block)) throw preventedDestroy(address);
    run.values.set(address, wanted, true);
    return { block, action: "replace", changed, current };
  }
  run.values.set(address, { ...computedAfter(current, changed), ...wanted }, changed.length > 0);
  if (known === undefined) return { block, action: "import", changed, current };
  return { block, action: changed.length > 0 ? "update" : "none", changed, current };
}

/** What AWS computes stays as it is, but for the ARN and ID of what is renamed in place. */
function computedAfter({ attributes }: ResourceState, changed: readonly string[]): Attributes {
  const renamed = changed.includes("name") || changed.includes("path");
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !renamed || (name !== "arn" && name !== "id")),
  );
}

function importedState(
  { stack, sessions }: StackRun,
  block: TerraformBlock,
  type: ResourceType | undefined,
  wanted: Attributes,
): ResourceState | undefined {
  const id = stack.imports.get(block.address);
  if (id === undefined) return undefined;
  const provider = providerOf(block);
  const nothingKnown = new ResourceArguments(block.address, {});
  if (type?.importable === false) throw notImportable(block.address, block.type);
  const session = provider === undefined ? undefined : sessions.session(provider);
  const attributes =
    type === undefined || session === undefined
      ? {}
      : readResource(
          type,
          placeOf(session, new ResourceArguments(block.address, wanted)),
          id,
          nothingKnown,
        );
  if (attributes === undefined) throw nothingToImport(block.address);
  return {
    address: block.address,
    type: block.type,
    id,
    provider,
    arguments: defaultsOf(type, session),
    attributes,
    dependencies: [],
  };
}
