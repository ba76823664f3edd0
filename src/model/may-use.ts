import { identityHalf } from "../sharing/identity-half";
import { mergeStatements } from "../sharing/merge-statements";
import type { Model, Role, Sharing, User } from "./model";

/**
 * The roles and users of a model with what they may do besides assuming roles: to the sessions of roles,
 * and their half of what is shared with them by name, of other accounts and of their own. It names keys by their ARNs, so it grows as the lock confirms them.
 */
export function withMayUse<T extends Pick<Model, "roles" | "users" | "sharing">>(model: T): T {
  const byArn = namedIn(model.sharing);
  const withUse = <I extends Role | User>(identity: I): I => {
    const { arn, sessionPermissions } = identity;
    if (!byArn.has(arn) && sessionPermissions.length === 0) return identity;
    const shared = (byArn.get(arn) ?? []).flatMap(({ resource }) => identityHalf(resource));
    return { ...identity, mayUse: [...sessionPermissions, ...mergeStatements(shared)] };
  };
  return { ...model, roles: model.roles.map(withUse), users: model.users.map(withUse) };
}

function namedIn(sharing: readonly Sharing[]): ReadonlyMap<string, readonly Sharing[]> {
  const byArn = new Map<string, Sharing[]>();
  for (const each of sharing) {
    for (const arn of each.named) {
      const known = byArn.get(arn);
      if (known === undefined) byArn.set(arn, [each]);
      else known.push(each);
    }
  }
  return byArn;
}
