import { IamAccountAlias } from "@cdktf/provider-aws/lib/iam-account-alias";
import { Construct } from "constructs";
import { escapeTerraform } from "./src/constructs/terraform-json";
import type { AccountExtension } from "./src/stacks/account-extension";

/**
 * Yours: adds resources to an account's stack in TypeScript. Called once per account stack, with the
 * stack, the account as accounts.json has it, and its roles' ARNs. Every command sees what it adds.
 *
 * The example gives each account with a tag `alias` its sign-in name.
 */
export function extend({ stack, account }: AccountExtension): void {
  if (account.tags.alias !== undefined) {
    const scope = new Construct(stack, "account-alias");
    new IamAccountAlias(scope, "alias", { accountAlias: escapeTerraform(account.tags.alias) });
  }
}
