import { AwsError } from "./aws-error";
import { keyOf } from "./kms-keys";
import type { SimulatedAccount } from "./simulated-account";
import type { KeyAlias } from "./simulated-resources";

/** CreateAlias: refused for a name that is taken in the region, and for a key that does not exist. */
export function createAlias(
  account: SimulatedAccount,
  region: string,
  name: string,
  keyIdOrArn: string,
): KeyAlias {
  const arn = account.regionalArn("kms", region, name);
  if (account.keyAliases.tryGet(arn) !== undefined) {
    throw new AwsError("AlreadyExistsException", `An alias with the name ${arn} already exists`);
  }
  const alias = { name, arn, keyArn: keyOf(account, region, keyIdOrArn).arn };
  account.keyAliases.put(alias);
  return alias;
}

/** UpdateAlias: names another key. */
export function updateAlias(
  account: SimulatedAccount,
  region: string,
  alias: KeyAlias,
  keyIdOrArn: string,
): void {
  account.keyAliases.put({ ...alias, keyArn: keyOf(account, region, keyIdOrArn).arn });
}
