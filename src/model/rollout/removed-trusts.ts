import { trustKey } from "../../trust/trust-terms";
import type { Model } from "../model";
import { stackOfRole } from "./stack-of-role";

/** A trust that is deployed, and that accounts.json no longer has. */
export interface RemovedTrust {
  readonly roleArn: string;
  /** Whom it names: see `trustKey`. */
  readonly key: string;
  /** The stack to deploy; undefined where accounts.json no longer has the account. */
  readonly stack: string | undefined;
}

/** Trusts that AWS still has although accounts.json does not: they let in until the stack is deployed. */
export function removedTrusts(model: Model): readonly RemovedTrust[] {
  const stackOf = stackOfRole(model);
  const kept = new Map(
    model.roles.map(({ arn, trusts }) => [arn, new Set(trusts.map(trustKey))] as const),
  );
  return Object.entries(model.lock.terms ?? {}).flatMap(([roleArn, terms]) =>
    Object.keys(terms)
      .filter((key) => kept.get(roleArn)?.has(key) !== true)
      .map((key) => ({ roleArn, key, stack: stackOf(roleArn) })),
  );
}
