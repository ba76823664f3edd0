import { type PrincipalKind, tryPrincipalKind } from "../iam/principal-arn";

const PREFIXES: Readonly<Record<PrincipalKind, string>> = { role: "AROA", user: "AIDA" };

/**
 * Whether a text can be the unique ID of the principal with this ARN: `AROA` for a role, `AIDA` for a
 * user, then at least 16 capital letters and digits (IAM User Guide, "IAM identifiers").
 */
export function isUniqueIdOf(principalArn: string, text: string): boolean {
  const kind = tryPrincipalKind(principalArn);
  return kind !== undefined && text.startsWith(PREFIXES[kind]) && /^[A-Z0-9]{20,128}$/.test(text);
}

/** What the unique ID of the principal with this ARN looks like, for messages. */
export function describeUniqueIdOf(principalArn: string): string {
  const kind = tryPrincipalKind(principalArn) ?? "role";
  return `the unique ID of a ${kind}, ${PREFIXES[kind]} and at least 16 capital letters or digits`;
}
