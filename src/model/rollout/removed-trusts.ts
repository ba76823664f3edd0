import type { Model } from "../model";
import { openRevocations } from "./revocations";
import { stackOfTrusting } from "./stack-of-trusting";
import { trustings, type Trusting } from "./trusting";

/** A trust that is deployed, or may be, and that accounts.json no longer has. */
export interface RemovedTrust {
  readonly trustingArn: string;
  /** Whom it names: see `trustKey`. */
  readonly key: string;
  /** The stack to deploy; undefined where accounts.json no longer has the account. */
  readonly stack: string | undefined;
}

/**
 * Trusts that AWS still has although accounts.json does not: they let in until the stack is deployed. One
 * that was revoked may have been deployed after the last confirmation, so it is among them until the next.
 */
export function removedTrusts(
  model: Model,
  all: readonly Trusting[] = trustings(model),
): readonly RemovedTrust[] {
  const stackOf = stackOfTrusting(model);
  const byArn = new Map(all.map((trusting) => [trusting.arn, trusting]));
  const keysOf = new Map(
    Object.entries(model.lock.terms ?? {}).map(([arn, terms]) => [arn, Object.keys(terms)]),
  );
  for (const { roleArn, unconfirmed, principals } of openRevocations(model)) {
    if (unconfirmed !== true || stackOf(roleArn) === undefined) continue;
    keysOf.set(roleArn, [...new Set([...(keysOf.get(roleArn) ?? []), ...principals])]);
  }
  return [...keysOf].flatMap(([trustingArn, keys]) => {
    const kept = byArn.get(trustingArn)?.terms() ?? {};
    return keys
      .filter((key) => !Object.hasOwn(kept, key))
      .map((key) => ({ trustingArn, key, stack: stackOf(trustingArn) }));
  });
}
