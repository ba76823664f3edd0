import { sharedTrusts } from "../../sharing/shared-terms";
import { isPrincipalTrust } from "../../trust/trust";
import type { Model } from "../model";

/**
 * The model in which roles and users that the policy of a shared resource names are trusted, so that
 * their unique IDs are outputs, even if they may assume nothing.
 */
export function withSharedPrincipals(model: Model): Model {
  const arns = new Set(
    model.sharing
      .flatMap(({ resource }) => sharedTrusts(resource))
      .filter(isPrincipalTrust)
      .map(({ principalArn }) => principalArn),
  );
  return {
    ...model,
    roles: model.roles.map((role) => (arns.has(role.arn) ? { ...role, trusted: true } : role)),
    users: model.users.map((user) => (arns.has(user.arn) ? { ...user, trusted: true } : user)),
  };
}
