import { PARTITIONS, isAccountId, tryParseIamArn } from "./arn";

/** The principals that a trust policy can name one by one, and that have unique IDs. */
export type PrincipalKind = "role" | "user";

/**
 * Which kind of principal an ARN names: undefined unless it is the ARN of exactly one role or IAM
 * user. `*`, `?` and `$` may stand in an IAM path, but a policy would read them as a pattern.
 */
export function tryPrincipalKind(arn: string): PrincipalKind | undefined {
  const parsed = tryParseIamArn(arn);
  if (parsed === undefined || (parsed.type !== "role" && parsed.type !== "user")) return undefined;
  const namesOne =
    parsed.service === "iam" &&
    PARTITIONS.some((partition) => partition === parsed.partition) &&
    isAccountId(parsed.accountId) &&
    /^[\w+=,.@-]{1,64}$/.test(parsed.name) &&
    /^[\x21-\x7e]{1,512}$/.test(parsed.path) &&
    !/[*?$]/.test(parsed.path);
  return namesOne ? parsed.type : undefined;
}
