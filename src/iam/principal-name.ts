/** What an account has by a name. */
export type PrincipalKind = "role" | "user" | "group" | "permission set";

/**
 * A principal as people know it: `client/BuildRole`, `root/user alice`, `root/group CrossAccount`,
 * `security/permission set Operator`.
 */
export function principalName(account: string, kind: PrincipalKind, name: string): string {
  return `${account}/${kind === "role" ? "" : `${kind} `}${name}`;
}
