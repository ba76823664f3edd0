import { isPrincipalTrust } from "../../trust/trust";
import type { Model } from "../model";
import { trustings } from "./trusting";

/** A principal that some role or shared resource trusts. */
export interface TrustedPrincipalOfModel {
  /** The stack that defines it; undefined in accounts that are not ours. */
  readonly stack: string | undefined;
  /** Stacks with a role or shared resource that trusts it. */
  readonly trustedBy: readonly string[];
}

/** The roles and users that some role or shared resource trusts, by ARN. */
export function trustedPrincipals(model: Model): ReadonlyMap<string, TrustedPrincipalOfModel> {
  const stackOf = new Map([...model.roles, ...model.users].map(({ arn, stack }) => [arn, stack]));
  const trustedBy = new Map<string, Set<string>>();
  for (const { trusts, stack } of trustings(model)) {
    for (const trust of trusts.filter(isPrincipalTrust)) {
      const stacks = trustedBy.get(trust.principalArn) ?? new Set();
      trustedBy.set(trust.principalArn, stacks.add(stack));
    }
  }
  return new Map(
    [...trustedBy].map(([arn, stacks]) => [
      arn,
      { stack: stackOf.get(arn), trustedBy: [...stacks] },
    ]),
  );
}

/** Every stack of the model with its account's ID. */
export function stackAccounts(model: Model): ReadonlyMap<string, string> {
  return new Map(
    model.accounts.flatMap(({ stack, bootstrapStack, id }) =>
      [stack, bootstrapStack].flatMap((name): [string, string][] =>
        name === undefined ? [] : [[name, id]],
      ),
    ),
  );
}
