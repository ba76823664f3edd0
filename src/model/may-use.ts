import type { Statement } from "../iam/policy-document";
import { identityHalf } from "../sharing/identity-half";
import { mergeStatements } from "../sharing/merge-statements";
import type { Model, Sharing } from "./model";

/**
 * The roles and users of a model with their half of what is shared with them by name: of resources of
 * other accounts, and of their own. It names keys by their ARNs, so it grows as the lock confirms them.
 */
export function withMayUse<T extends Pick<Model, "roles" | "users" | "sharing">>(model: T): T {
  const byArn = namedIn(model.sharing);
  const mayUse = (arn: string): readonly Statement[] =>
    mergeStatements((byArn.get(arn) ?? []).flatMap(({ resource }) => identityHalf(resource)));
  return {
    ...model,
    roles: model.roles.map((role) =>
      byArn.has(role.arn) ? { ...role, mayUse: mayUse(role.arn) } : role,
    ),
    users: model.users.map((user) =>
      byArn.has(user.arn) ? { ...user, mayUse: mayUse(user.arn) } : user,
    ),
  };
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
