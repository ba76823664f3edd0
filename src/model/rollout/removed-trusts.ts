import type { Model } from "../model";
import { stackOfTrusting } from "./stack-of-trusting";
import { trustings, type Trusting } from "./trusting";

/** A trust that is deployed, and that accounts.json no longer has. */
export interface RemovedTrust {
  readonly trustingArn: string;
  /** Whom it names: see `trustKey`. */
  readonly key: string;
  /** The stack to deploy; undefined where accounts.json no longer has the account. */
  readonly stack: string | undefined;
}

/** Trusts that AWS still has although accounts.json does not: they let in until the stack is deployed. */
export function removedTrusts(
  model: Model,
  all: readonly Trusting[] = trustings(model),
): readonly RemovedTrust[] {
  const stackOf = stackOfTrusting(model);
  const byArn = new Map(all.map((trusting) => [trusting.arn, trusting]));
  return Object.entries(model.lock.terms ?? {}).flatMap(([trustingArn, terms]) => {
    const kept = byArn.get(trustingArn)?.terms() ?? {};
    return Object.keys(terms)
      .filter((key) => !Object.hasOwn(kept, key))
      .map((key) => ({ trustingArn, key, stack: stackOf(trustingArn) }));
  });
}
