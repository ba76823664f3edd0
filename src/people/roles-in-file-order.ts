import { groupBy } from "../model/group-by";
import type { ForeignRole, Model, Role } from "../model/model";

/** The roles of accounts.json, without execution roles: by account, and in each in the order of `roles`. */
export function rolesInFileOrder({ accounts, roles }: Model): readonly Role[] {
  const byAccount = groupBy(
    roles.filter(({ key }) => key !== undefined),
    ({ account }) => account,
  );
  return accounts.flatMap((account) => byAccount.get(account) ?? []);
}

/** Those of `rolesInFileOrder`, and then the roles of others that trust ours. */
export function rolesWithForeign(model: Model): readonly (Role | ForeignRole)[] {
  return [...rolesInFileOrder(model), ...model.foreignRoles];
}
