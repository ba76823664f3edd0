import { matchesPattern, parsePattern, hasWildcard } from "../iam/evaluation/wildcard-pattern";
import { tryFindManagedPolicy } from "../iam/managed-policies";
import { asArray, type Statement } from "../iam/policy-document";
import type { Model, Role } from "./model";
import { mayMatchBeginning } from "./resource-pattern";

/**
 * A role of accounts.json that may assume roles which trust its whole account: by AWS managed
 * policies, or by a statement of its own on a resource with a wildcard.
 */
export interface WideRole {
  /** `account/role`. */
  readonly role: string;
  /** Names of the policies; "a statement of its own" among them. */
  readonly policies: readonly string[];
}

/** Roles that reach further than the roles which name them: beside every account-wide trust. */
export function wideRoles(model: Model): readonly WideRole[] {
  return model.roles
    .filter(({ key }) => key !== undefined)
    .flatMap((role) => {
      const policies = [
        ...role.managedPolicyArns
          .map(tryFindManagedPolicy)
          .flatMap((policy) => (policy?.wide === true ? [policy.name] : [])),
        ...(hasWideStatement(role) ? ["a statement of its own"] : []),
      ];
      return policies.length === 0 ? [] : [{ role: `${role.account.name}/${role.name}`, policies }];
    });
}

function hasWideStatement({ statements, account }: Role): boolean {
  return statements.some(
    (each) =>
      each.Effect === "Allow" &&
      allowsAssumeRole(each) &&
      (each.NotResource !== undefined ||
        asArray(each.Resource).some(
          (resource) =>
            hasWildcard(resource) && mayMatchBeginning(resource, `arn:${account.partition}:iam::`),
        )),
  );
}

function allowsAssumeRole({ Action, NotAction }: Statement): boolean {
  return NotAction === undefined
    ? asArray(Action).some(matchesAssumeRole)
    : !asArray(NotAction).some(matchesAssumeRole);
}

function matchesAssumeRole(action: string): boolean {
  return matchesPattern(parsePattern(action.toLowerCase()), "sts:assumerole");
}
