import { tryParseIamArn } from "../../iam/arn";
import type { Model } from "../model";

/**
 * The stack that has, or had, a role: told by its account, and by the execution role's name. Undefined
 * for accounts that accounts.json does not have.
 */
export function stackOfRole(model: Model): (roleArn: string) => string | undefined {
  const accounts = new Map(model.accounts.map((account) => [account.id, account]));
  const executionRoleName = model.settings.bootstrap?.executionRoleName;
  return (roleArn) => {
    const arn = tryParseIamArn(roleArn);
    const account = accounts.get(arn?.accountId ?? "");
    return arn?.name === executionRoleName && account?.bootstrapStack !== undefined
      ? account.bootstrapStack
      : account?.stack;
  };
}
