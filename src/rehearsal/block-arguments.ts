import {
  isJsonObject,
  tryBlockList,
  type JsonObject,
  type TerraformBlock,
} from "../estate/terraform-json";
import type { ResourceType } from "./resources/resource-type";
import { cannotRehearse } from "./terraform-error";
import type { Attributes } from "./value";

/** What speaks to Terraform itself and is no argument of the resource. */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  "depends_on",
  "lifecycle",
  "provider",
  "provisioner",
  "connection",
  "count",
  "for_each",
]);

/** The arguments of a block as they are written; one that is null counts as left out. */
export function argumentsOf({ body }: TerraformBlock): Attributes {
  return Object.fromEntries(
    Object.entries(body).filter(([key, value]) => !META_ARGUMENTS.has(key) && value !== null),
  );
}

/** Refuses what the rehearsal would get wrong: repeated blocks, arguments that are not simulated. */
export function refuseUnsimulated({ address, body }: TerraformBlock, type: ResourceType): void {
  const written = ["count", "for_each", "dynamic", ...(type.refused ?? [])].find((name) => {
    const value = body[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
  if (written !== undefined) throw cannotRehearse(address, `${written} is not simulated`);
}

/** Whether Terraform refuses to destroy the resource. */
export function isProtected(block: TerraformBlock): boolean {
  return lifecycleOf(block).prevent_destroy === true;
}

/** Whether a replacement is made before the former object goes. */
export function createsBeforeDestroying(block: TerraformBlock): boolean {
  return lifecycleOf(block).create_before_destroy === true;
}

/** Whether a difference of the argument counts for nothing (`lifecycle.ignore_changes`). */
export function ignoresChangesOf(block: TerraformBlock, argument: string): boolean {
  const ignored = lifecycleOf(block).ignore_changes;
  return ignored === "all" || (Array.isArray(ignored) && ignored.includes(argument));
}

function lifecycleOf({ body }: TerraformBlock): JsonObject {
  const [lifecycle] = tryBlockList(body.lifecycle) ?? [];
  return isJsonObject(lifecycle) ? lifecycle : {};
}
