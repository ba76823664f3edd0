import { tryParseIamArn } from "../iam/arn";
import { principalName } from "../iam/principal-name";
import type { Model } from "../model/model";
import type { AccountsTrust } from "../trust/trust";

/** How people call whom a trust names: `root/group CrossAccount`, `root/user bob`, `account root`. */
export function trustNames({ accounts }: Model): (trust: AccountsTrust) => string {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (trust) => {
    const account = names.get(trust.accountId) ?? trust.accountId;
    switch (trust.kind) {
      case "account":
        return `account ${account}`;
      case "group":
        return principalName(account, "group", trust.groupName);
      case "permission-set":
        return principalName(account, "permission set", trust.permissionSet);
      case "role":
      case "user":
        return principalName(
          account,
          trust.kind,
          tryParseIamArn(trust.principalArn)?.name ?? trust.principalArn,
        );
    }
  };
}
