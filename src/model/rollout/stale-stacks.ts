import { isPrincipalTrust, type Trust } from "../../trust/trust";
import { trustKey } from "../../trust/trust-terms";
import type { Model } from "../model";
import { removedTrusts } from "./removed-trusts";
import { termsDiffer, trackTrusts } from "./trust-progress";
import { trustings, type Trusting } from "./trusting";

/**
 * Stacks whose deployed trusts are not those that they would deploy now, and stacks of principals
 * that a trust still waits for, or of principals and groups that a new trust gives its other half.
 */
export function staleStacks(model: Model): ReadonlySet<string> {
  const all = trustings(model);
  const stackOf = stacksOfPrincipals(model);
  const stale = new Set<string>();
  for (const { trusting, trust, progress, applied } of trackTrusts(model, all)) {
    const isNew = applied === undefined;
    if (progress === "due" || isNew) stale.add(trusting.stack);
    const principalStack = stackOf.get(trust.principalArn);
    if ((progress === "waiting" || isNew) && principalStack !== undefined) {
      stale.add(principalStack);
    }
  }
  for (const trusting of all) {
    const staged = new Set(
      trusting.trusts.filter(isPrincipalTrust).map(({ principalArn }) => principalArn),
    );
    const others = Object.keys(trusting.terms()).filter((key) => !staged.has(key));
    if (others.some((key) => termsDiffer(model, trusting, key))) stale.add(trusting.stack);
    for (const trust of trusting.trusts) {
      const otherHalf = stackOfOtherHalf(model, trust, stackOf);
      if (otherHalf !== undefined && !isApplied(model, trusting, trustKey(trust))) {
        stale.add(otherHalf);
      }
    }
  }
  for (const { key, stack } of removedTrusts(model, all)) {
    // The other half goes with it.
    for (const each of [stack, stackOf.get(key)]) if (each !== undefined) stale.add(each);
  }
  return stale;
}

/** The stack that has the other half of a trust, by the trust's key. */
function stacksOfPrincipals({ roles, users, groups }: Model): ReadonlyMap<string, string> {
  return new Map([
    ...[...roles, ...users].map(({ arn, stack }) => [arn, stack] as const),
    ...groups.map(({ account, name, stack }) => [`group ${account.id}/${name}`, stack] as const),
  ]);
}

/** Of what is no principal of its own: a group, or a permission set that we define. */
function stackOfOtherHalf(
  { permissionSets }: Model,
  trust: Trust,
  stackOf: ReadonlyMap<string, string>,
): string | undefined {
  if (trust.kind === "group") return stackOf.get(trustKey(trust));
  if (trust.kind !== "permission-set") return undefined;
  return permissionSets.find(({ name }) => name === trust.permissionSet)?.identityCenter?.stack;
}

/** Whether some form of a trust is deployed. True where the lock does not say what is. */
function isApplied({ lock: { terms } }: Model, { arn }: Trusting, key: string): boolean {
  return terms === undefined || (Object.hasOwn(terms, arn) && Object.hasOwn(terms[arn], key));
}
