import type { TerraformStack } from "cdktf";
import type { Account } from "../model/model";

/** What `extensions.ts` gets to work with, for one account's stack. */
export interface AccountExtension {
  /** The account's stack, with its AWS provider and backend: the scope of what is added. */
  readonly stack: TerraformStack;
  /** Name, id, region, OU, tags and so on, as accounts.json has them. */
  readonly account: Account;
  /** Role name to ARN, of the roles that accounts.json puts into this account. */
  readonly roleArns: Readonly<Record<string, string>>;
}
