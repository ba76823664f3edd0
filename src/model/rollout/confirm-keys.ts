import { logKeyAliasArn } from "../../logging/logs";
import { secretKeyAliasArn, sharedArn } from "../../sharing/shared-arn";
import type { Lock } from "../../trust/lock";
import type { Model } from "../model";
import type { StackOutputs } from "./stack-outputs";

/** A KMS key that the lock did not know so. */
export interface ChangedKey {
  readonly aliasArn: string;
  /** Key ARN that was recorded. */
  readonly was?: string;
  /** Key ARN; undefined where the stack no longer has the key. */
  readonly now?: string;
}

/** The KMS keys that stacks of ours define: alias ARN to stack. */
export function definedKeys(model: Model): ReadonlyMap<string, string> {
  return new Map([
    ...model.sharing.flatMap(({ resource, stack }): readonly [string, string][] => {
      if (resource.type === "secret") {
        const alias =
          resource.key.ownership === "defined" ? secretKeyAliasArn(resource) : undefined;
        return alias === undefined ? [] : [[alias, stack]];
      }
      const isDefined = resource.type === "kms-key" && resource.ownership === "defined";
      return isDefined ? [[sharedArn(resource), stack]] : [];
    }),
    ...model.logging.flatMap(({ buckets, stack }) =>
      buckets.flatMap((bucket): readonly [string, string][] =>
        bucket.key === undefined ? [] : [[logKeyAliasArn(bucket, bucket.key), stack]],
      ),
    ),
  ]);
}

/** The lock's `keys` as stacks' outputs have them; those of stacks that are not given stay. */
export function confirmKeys(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
): { readonly recorded: Lock["keys"]; readonly changed: readonly ChangedKey[] } {
  const keys = new Map(Object.entries(model.lock.keys ?? {}));
  const changed: ChangedKey[] = [];
  for (const [aliasArn, stack] of definedKeys(model)) {
    const stackOutputs = outputs.get(stack);
    if (stackOutputs === undefined) continue;
    const was = keys.get(aliasArn);
    const now = new Map(Object.entries(stackOutputs.sharedKeys ?? {})).get(aliasArn);
    if (was === now) continue;
    if (now === undefined) keys.delete(aliasArn);
    else keys.set(aliasArn, now);
    changed.push({
      aliasArn,
      ...(was !== undefined && { was }),
      ...(now !== undefined && { now }),
    });
  }
  return {
    recorded: keys.size === 0 ? model.lock.keys : Object.fromEntries(keys),
    changed: changed.sort((a, b) => (a.aliasArn < b.aliasArn ? -1 : 1)),
  };
}
