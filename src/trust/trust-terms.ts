import { createHash } from "node:crypto";
import { trustPolicy } from "./trust-policy";
import type { Trust } from "./trust";

/** Hexadecimal digits of a digest: enough to tell a changed trust from an unchanged one. */
const DIGEST_LENGTH = 16;

/** Whom a trust names, as the lock and people call it: the same whatever its conditions and stage. */
export function trustKey(trust: Trust): string {
  switch (trust.kind) {
    case "role":
    case "user":
      return trust.principalArn;
    case "group":
      return `group ${trust.accountId}/${trust.groupName}`;
    case "permission-set":
      return `permission set ${trust.accountId}/${trust.permissionSet}`;
    case "account":
      return `account ${trust.accountId}`;
    case "service":
      return `service ${trust.service}`;
    case "oidc":
      return `oidc ${trust.issuer} ${[...trust.subjects].sort().join(" ")}`;
  }
}

/**
 * The terms of trusts: whom they name, to a digest of how (stage, conditions, guard) in the policy that
 * `render` makes of them. Two trusts with the same terms render the same statement, so a deployed stack
 * that says other terms is due.
 */
export function trustTerms<T extends Trust>(
  trusts: readonly T[],
  render: (trusts: readonly T[]) => unknown = trustPolicy,
): Readonly<Record<string, string>> {
  const byKey = new Map<string, T[]>();
  for (const trust of trusts) {
    const key = trustKey(trust);
    byKey.set(key, [...(byKey.get(key) ?? []), trust]);
  }
  return Object.fromEntries([...byKey].map(([key, same]) => [key, digestOf(render(same))]));
}

/** A short digest of what a policy or a part of one says. */
export function digestOf(policy: unknown): string {
  return createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, DIGEST_LENGTH);
}
