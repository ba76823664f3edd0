import { tryFindManagedPolicy } from "../iam/managed-policies";
import type { Model } from "./model";

/** A role of accounts.json whose AWS managed policies let it assume any role that trusts its account. */
export interface WideRole {
  /** `account/role`. */
  readonly role: string;
  /** Names of the policies. */
  readonly policies: readonly string[];
}

/** Roles that reach further than the roles which name them: beside every account-wide trust. */
export function wideRoles(model: Model): readonly WideRole[] {
  return model.roles
    .filter(({ key }) => key !== undefined)
    .flatMap((role) => {
      const policies = role.managedPolicyArns
        .map(tryFindManagedPolicy)
        .flatMap((policy) => (policy?.wide === true ? [policy.name] : []));
      return policies.length === 0 ? [] : [{ role: `${role.account.name}/${role.name}`, policies }];
    });
}
