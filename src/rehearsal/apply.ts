import type { TerraformBlock } from "../estate/terraform-json";
import { createsBeforeDestroying, ignoresChangesOf } from "./block-arguments";
import { refuseControlledCalls } from "./iam-calls";
import { readData, resolvedArguments, type PlannedBlock, type StackRun } from "./plan";
import type { Session } from "./provider-sessions";
import { defaultsOf, placeOf, readResource } from "./resource-place";
import { ResourceArguments } from "./resources/resource-arguments";
import type { ResourceCall } from "./resources/resource-type";
import { tryResourceType } from "./resources/resource-types";
import { providerOf } from "./stack-file";
import type { ResourceState } from "./stack-state";
import { at } from "./terraform-error";
import type { Attributes } from "./value";

/** What a deploy did to one resource. */
export interface Change {
  readonly address: string;
  /** `import`: taken over, and changed in place where it differed. */
  readonly action: "create" | "update" | "replace" | "delete" | "import";
  /** Names of the arguments that differed, sorted; empty for what is created or deleted. */
  readonly attributes: readonly string[];
}

/**
 * Does what was planned: first what goes, each before what it depends on; then everything else, each
 * after what it depends on. `report` is told of every change that was made, also before a failure.
 */
export function applyPlan(
  run: StackRun,
  planned: readonly PlannedBlock[],
  report: (change: Change) => void,
): void {
  const kept = new Set(run.stack.blocks.map(({ address }) => address));
  const removed = [...run.state.resources.values()].filter(({ address }) => !kept.has(address));
  const replaced = planned.filter(({ action }) => action === "replace");
  const [late, early] = partition(replaced, ({ block }) => createsBeforeDestroying(block));
  deleteResources(run, [...removed, ...early.flatMap(currentOf)], report);
  for (const step of planned) {
    if (step.action === "read") readData(run, step.block);
    else if (step.block.mode === "resource") applyResource(run, step, report);
  }
  for (const former of late.flatMap(currentOf).reverse()) deleteObject(run, former);
}

/** Deletes resources, each before what it depends on, and takes them out of the state. */
export function deleteResources(
  run: StackRun,
  resources: readonly ResourceState[],
  report: (change: Change) => void,
): void {
  for (const resource of dependentsFirst(resources)) {
    deleteObject(run, resource);
    run.state.resources.delete(resource.address);
    report({ address: resource.address, action: "delete", attributes: [] });
  }
}

function deleteObject({ stack, sessions }: StackRun, resource: ResourceState): void {
  const type = tryResourceType(resource.type);
  if (resource.provider === undefined) return;
  const session = sessions.session(resource.provider);
  const { address, id } = resource;
  const call = callOf(session, stack.name, address, resource.arguments);
  at(address, () => {
    refuseControlledCalls(resource.type, call, "delete");
    type?.delete(call, id);
  });
}

function callOf(
  session: Session,
  stack: string,
  address: string,
  values: Attributes,
): ResourceCall {
  const args = new ResourceArguments(address, values);
  return {
    ...placeOf(session, args),
    principal: session.principal,
    arguments: args,
    origin: { stack, address },
  };
}

function applyResource(
  run: StackRun,
  { block, action, changed, current }: PlannedBlock,
  report: (change: Change) => void,
): void {
  const { address } = block;
  const type = tryResourceType(block.type);
  const provider = providerOf(block);
  const session = provider === undefined ? undefined : run.sessions.session(provider);
  const wanted = withIgnored(
    block,
    { ...defaultsOf(type, session), ...resolvedArguments(run.values, block) },
    current,
  );
  const call = session === undefined ? undefined : callOf(session, run.stack.name, address, wanted);
  const id = at(address, () => {
    if (call === undefined) return address;
    const isNew = current === undefined || action === "replace";
    if (isNew) refuseControlledCalls(block.type, call, "create");
    else refuseControlledCalls(block.type, call, { update: new Set(changed) });
    if (type === undefined) return address;
    if (isNew) return type.create(call);
    if (changed.length === 0) return current.id;
    const former = new ResourceArguments(address, current.arguments);
    return type.update({ ...call, former, changed: new Set(changed) }, current.id);
  });
  const attributes =
    type === undefined || call === undefined
      ? {}
      : (readResource(type, call, id, call.arguments) ?? {});
  run.state.resources.set(address, {
    address,
    type: block.type,
    id,
    provider,
    arguments: wanted,
    attributes,
    dependencies: run.stack.dependencies.get(address) ?? [],
  });
  run.values.set(address, { ...attributes, ...wanted }, false);
  if (action === "none" || action === "read") return;
  report({ address, action, attributes: changed });
}

/** An argument whose changes are ignored stays as it is. */
function withIgnored(
  block: TerraformBlock,
  wanted: Attributes,
  current: ResourceState | undefined,
): Attributes {
  if (current === undefined) return wanted;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [
      name,
      ignoresChangesOf(block, name) ? (current.attributes[name] ?? current.arguments[name]) : value,
    ]),
  );
}

function dependentsFirst(resources: readonly ResourceState[]): readonly ResourceState[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const ordered: ResourceState[] = [];
  const seen = new Set<string>();
  const visit = (resource: ResourceState): void => {
    if (seen.has(resource.address)) return;
    seen.add(resource.address);
    for (const address of resource.dependencies) {
      const dependency = byAddress.get(address);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.push(resource);
  };
  resources.forEach(visit);
  return ordered.reverse();
}

function currentOf({ current }: PlannedBlock): readonly ResourceState[] {
  return current === undefined ? [] : [current];
}

function partition<T>(
  items: readonly T[],
  test: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
