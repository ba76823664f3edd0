import { tryParseIamArn } from "../../iam/arn";
import { displayName } from "../display-name";

/**
 * A role, user or resource as people know it: `client/BuildRole`, `ecr repository/our-thing of shared`.
 * `accounts`: account ID to name.
 */
export function targetName(arn: string, accounts: ReadonlyMap<string, string>): string {
  if (tryParseIamArn(arn) !== undefined) return displayName(arn, accounts);
  const [prefix, , service, , account, ...rest] = arn.split(":");
  if (prefix !== "arn" || rest.length === 0) return arn;
  const owner = accounts.get(account) ?? account;
  return `${service} ${rest.join(":")}${owner === "" ? "" : ` of ${owner}`}`;
}
