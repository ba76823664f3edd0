import { tryParseIamArn } from "../iam/arn";
import { permissionSetName } from "../iam/permission-set-role";
import type { Model } from "../model/model";
import type { AccountsTrust } from "../trust/trust";

/** How people call whom a trust names: `group root/CrossAccount`, `user root/bob`, `account root`, `root/permission set Operator`. */
export function trustNames({ accounts }: Model): (trust: AccountsTrust) => string {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (trust) => {
    const account = names.get(trust.accountId) ?? trust.accountId;
    switch (trust.kind) {
      case "account":
        return `account ${account}`;
      case "group":
        return `group ${account}/${trust.groupName}`;
      case "permission-set":
        return permissionSetName(account, trust.permissionSet);
      case "role":
      case "user":
        return `${trust.kind} ${account}/${tryParseIamArn(trust.principalArn)?.name ?? trust.principalArn}`;
    }
  };
}
