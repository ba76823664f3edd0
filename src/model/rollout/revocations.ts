import type { Lock, Revocation, Seal } from "../../trust/lock";
import type { Model, Role } from "../model";

/** The longest session by role chaining, in seconds. */
const CHAINED_SESSION = 3_600;

/** AWS's session duration where a role says nothing, in seconds. */
const USUAL_SESSION = 3_600;

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
        };
  return { ...lock, revoked: { ...lock.revoked, [roleArn]: joined } };
}

/** The lock in which sessions of these roles that were issued before `now` are denied. */
export function recordSeals(lock: Lock, roles: readonly Role[], now: Date): Lock {
  const seals = roles.map((role) => [role.arn, sealOf(role, now)] as const);
  return { ...lock, sealed: { ...lock.sealed, ...Object.fromEntries(seals) } };
}

/** The lock without the seals whose sessions have all ended by `now`, and without their revocations. */
export function dropSeals(lock: Lock, now: Date): Lock {
  const sealed = Object.entries(lock.sealed ?? {}).filter(([, seal]) => !hasEnded(seal, now));
  const kept = new Set(sealed.map(([arn]) => arn));
  const dropped = new Set(Object.keys(lock.sealed ?? {}).filter((arn) => !kept.has(arn)));
  const revoked = Object.entries(lock.revoked ?? {}).filter(([arn]) => !dropped.has(arn));
  return {
    ...lock,
    sealed: sealed.length > 0 ? Object.fromEntries(sealed) : undefined,
    revoked: revoked.length > 0 ? Object.fromEntries(revoked) : undefined,
  };
}

/** Whether every session that a seal denies has ended. */
export function hasEnded({ until }: Seal, now: Date): boolean {
  return new Date(until).getTime() <= now.getTime();
}

/** The roles that a revocation of some roles seals: these, and ours that could be reached from them. */
export function rolesToSeal(
  { roles, lock }: Model,
  revokedArns: readonly string[],
): readonly Role[] {
  const arns = new Set(
    revokedArns.flatMap((arn) => [arn, ...(lock.revoked?.[arn]?.reaches ?? [])]),
  );
  return roles.filter(({ arn, ownership }) => arns.has(arn) && ownership !== "existing");
}

/** What began in the role lasts as long as its sessions may, and an hour more where it goes on by chaining. */
function sealOf({ maxSessionDuration = USUAL_SESSION }: Role, now: Date): Seal {
  const seconds = Math.max(maxSessionDuration, CHAINED_SESSION);
  const at = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  return { before: at(now.getTime()), until: at(now.getTime() + seconds * 1_000) };
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...some, ...more])].sort();
}
