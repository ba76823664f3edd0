import { tryParseIamArn } from "../../iam/arn";
import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { displayName } from "../display-name";

/**
 * A role, user or resource as people know it: `client/BuildRole`, `ecr repository/our-thing of shared`.
 * `accounts`: account ID to name.
 */
export function targetName(arn: string, accounts: ReadonlyMap<string, string>): string {
  const iam = tryParseIamArn(arn);
  if (iam !== undefined) {
    const shown = displayName(arn, accounts);
    // A pattern in a path covers what is in it alone.
    return hasWildcard(iam.name) ? shown.replace("/", iam.path) : shown;
  }
  const [prefix, , service, , account, ...rest] = arn.split(":");
  if (prefix !== "arn" || rest.length === 0) return arn;
  const owner = accounts.get(account) ?? account;
  const whole = rest.join(":");
  // Six characters that AWS adds stand for any.
  const name = service === "secretsmanager" ? whole.replace(/-(a{6}|\?{6})$/, "") : whole;
  return `${service} ${name}${owner === "" ? "" : ` of ${owner}`}`;
}
