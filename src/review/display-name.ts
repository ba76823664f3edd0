import { tryParseIamArn } from "../iam/arn";
import { principalName } from "../iam/principal-name";
import { tryPermissionSetOf } from "../iam/permission-set-role";

/**
 * A principal or role as people know it: `client/BuildRole`, `root/user alice`, `account vendor`,
 * `security/permission set Operator`, an OIDC provider by its host. What is no ARN of IAM stays as it is.
 * `accounts`: account ID to name.
 */
export function displayName(arn: string, accounts: ReadonlyMap<string, string>): string {
  const parsed = tryParseIamArn(arn);
  if (parsed === undefined) return arn;
  const account = accounts.get(parsed.accountId) ?? parsed.accountId;
  if (parsed.type === "oidc-provider") return parsed.name;
  if (parsed.type === "root") return `account ${account}`;
  const permissionSet = tryPermissionSetOf(parsed.name);
  if (permissionSet !== undefined) return principalName(account, "permission set", permissionSet);
  return principalName(account, parsed.type === "user" ? "user" : "role", parsed.name);
}
