import { callerOf } from "../estate/caller-of";
import type { Estate, Identity } from "../estate/estate";
import { evaluateAccess } from "../iam/evaluation/evaluate-access";
import { REVOKE_OLDER_SESSIONS } from "../iam/revoke-older-sessions";
import type { Role } from "../model/model";

/** Milliseconds between the seal and the sessions that it is tried with. */
const APART = 60_000;

/**
 * Asks the evaluator, on the stacks as they would be deployed: an older session may do nothing in any of
 * the roles, and a newer one is not denied by the seal. Throws where that is not so.
 */
export function requireSealed(estate: Estate, roles: readonly Role[], now: Date): void {
  const wrong = roles.filter(({ arn }) => {
    const identity = estate.identities.get(arn);
    if (identity === undefined) return true;
    const issued = (time: number) => isDeniedBySeal(identity, new Date(time));
    return !issued(now.getTime() - APART) || issued(now.getTime() + APART);
  });
  if (wrong.length === 0) return;
  throw new Error(`the seal does not do what it is for: ${wrong.map(({ arn }) => arn).join(", ")}`);
}

function isDeniedBySeal(identity: Identity, issued: Date): boolean {
  const { result, decidedBy } = evaluateAccess({
    caller: callerOf(identity),
    action: "s3:GetObject",
    resource: { arn: "arn:aws:s3:::any/object", accountId: identity.accountId },
    context: { keys: { "aws:TokenIssueTime": issued.toISOString() } },
  });
  return result === "denied" && decidedBy.some(({ policy }) => policy === REVOKE_OLDER_SESSIONS);
}
