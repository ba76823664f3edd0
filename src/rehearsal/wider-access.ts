import type { Access } from "../estate/access";
import { tryParseIamArn } from "../iam/arn";
import { groupBy } from "../model/group-by";
import type { TrackedTrust } from "../model/rollout/trust-progress";
import type { PrincipalTrust } from "../trust/trust";

/**
 * Tells which accesses are wider than what a rollout comes to: those that are not among the last ones,
 * and those of the last ones that a trust gives which is still open.
 */
export function widerThan(
  last: readonly Access[],
  open: readonly TrackedTrust[],
): (access: Access) => boolean {
  const openByRole = groupBy(open, ({ trusting }) => trusting.arn);
  const isOpen = (access: Access): boolean =>
    (openByRole.get(access.roleArn) ?? []).some(({ trust }) => isLetInBy(access, trust));
  const end = new Set(last.filter((access) => !isOpen(access)).map(accessKey));
  return (access) => !end.has(accessKey(access));
}

/** Whether an access is one that the stage `account` of a trust gives. */
function isLetInBy({ by, principal }: Access, { guard, accountId }: PrincipalTrust): boolean {
  return guard.length === 0
    ? by === "account" && tryParseIamArn(principal)?.accountId === accountId
    : by === "guarded account" && guard.includes(principal);
}

/** The same access by a wider principal, or with less to bring along, is another one. */
export function accessKey({ roleArn, principal, by, needs }: Access): string {
  return JSON.stringify([roleArn, principal, by, needs]);
}
