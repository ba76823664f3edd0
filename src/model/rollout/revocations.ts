import { tryFindSeal, type Lock, type Revocation, type Seal } from "../../trust/lock";
import { SEAL_KEY } from "../../trust/seal-terms";
import { trustKey } from "../../trust/trust-terms";
import type { Model, Role } from "../model";
import type { StackOutputs } from "./stack-outputs";
import { stackOfTrusting } from "./stack-of-trusting";
import { termsDiffer } from "./trust-progress";
import { trustings } from "./trusting";

/** A revocation that is not over, with the ARN of the role whose trust was taken away. */
export interface OpenRevocation extends Revocation {
  readonly roleArn: string;
  /** Undefined where accounts.json no longer has it: AWS ends the sessions of a deleted role itself. */
  readonly role?: Role;
}

/** What the lock knows of revocations. */
export function openRevocations({ lock, roles }: Model): readonly OpenRevocation[] {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  return Object.entries(lock.revoked ?? {}).map(([roleArn, revocation]) => ({
    ...revocation,
    roleArn,
    role: byArn.get(roleArn),
  }));
}

/** The lock that knows of a revocation; an earlier one of the same role is added to. */
export function recordRevocation(lock: Lock, roleArn: string, revocation: Revocation): Lock {
  const known = lock.revoked?.[roleArn];
  const joined: Revocation =
    known === undefined
      ? revocation
      : {
          at: revocation.at,
          principals: union(known.principals, revocation.principals),
          reaches: union(known.reaches, revocation.reaches),
          sealsLeft: Math.max(known.sealsLeft, revocation.sealsLeft),
          unconfirmed: revocation.unconfirmed,
        };
  return { ...lock, revoked: { ...lock.revoked, [roleArn]: joined } };
}

/** Whether accounts.json trusts somebody again whom the revocation took out: then it is undone. */
export function isUndone({ role, principals }: OpenRevocation): boolean {
  return role?.trusts.some((trust) => principals.includes(trustKey(trust))) === true;
}

/** What the lock says of revocations once these outputs were read, as far as they tell what is deployed. */
export function confirmRevocations(
  model: Model,
  outputs: ReadonlyMap<string, StackOutputs>,
): Lock["revoked"] {
  if (model.lock.revoked === undefined) return undefined;
  const stackOf = stackOfTrusting(model);
  const isTold = (arn: string): boolean =>
    outputs.get(stackOf(arn) ?? "")?.trustTerms !== undefined;
  return Object.fromEntries(
    Object.entries(model.lock.revoked).map(([arn, { unconfirmed, ...revocation }]) => [
      arn,
      { ...revocation, ...(!isTold(arn) && { unconfirmed }) },
    ]),
  );
}

/**
 * The roles that are sealed next: the revoked ones, unless that is done, and those that could be reached
 * from them. Once no seal is left to be made, all of them again.
 */
export function rolesToSeal(
  { roles }: Model,
  revocations: readonly OpenRevocation[],
): readonly Role[] {
  const isSealed = ({ sealedAt, sealsLeft }: OpenRevocation): boolean =>
    sealedAt !== undefined && sealsLeft > 0;
  const arns = new Set(
    revocations.flatMap((each) => [...(isSealed(each) ? [] : [each.roleArn]), ...each.reaches]),
  );
  return roles.filter(({ arn, ownership }) => arns.has(arn) && ownership !== "existing");
}

/** Stacks of roles whose seal, or the end of it, is not deployed; of all roles, or of these. */
export function stacksToSeal(model: Model, roleArns?: ReadonlySet<string>): readonly string[] {
  const undeployed = trustings(model)
    .filter(({ kind, arn }) => kind === "role" && roleArns?.has(arn) !== false)
    .filter((trusting) => termsDiffer(model, trusting, SEAL_KEY));
  return [...new Set(undeployed.map(({ stack }) => stack))];
}

/** Whether every session that a seal denies has ended. */
export function hasEnded({ until }: Seal, now: Date): boolean {
  return new Date(until).getTime() <= now.getTime();
}

/**
 * By when the last seal of a revocation may go; undefined while sessions are still to be sealed, and where
 * it has no seal any more.
 */
export function sealedUntil(lock: Lock, revocation: OpenRevocation): string | undefined {
  if (revocation.sealsLeft > 0) return undefined;
  return [revocation.roleArn, ...revocation.reaches]
    .flatMap((arn) => tryFindSeal(lock, arn)?.until ?? [])
    .sort()
    .at(-1);
}

/** Whether nothing is left of a revocation: undone, or all its sessions have ended. */
export function isOver(lock: Lock, revocation: OpenRevocation, now: Date): boolean {
  if (isUndone(revocation)) return true;
  // Nothing can be sealed of a role that is gone and led nowhere.
  if (revocation.role === undefined && revocation.reaches.length === 0) return true;
  if (revocation.sealsLeft > 0) return false;
  const until = sealedUntil(lock, revocation);
  return until === undefined || hasEnded({ before: "", until }, now);
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])].sort();
}
