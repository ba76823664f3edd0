import { tryFindSeal, type Lock, type Seal } from "../../trust/lock";
import { utcTime } from "../../trust/utc-time";
import type { Model, Role } from "../model";
import { hasEnded, isOver, openRevocations, type OpenRevocation } from "./revocations";

/** The longest session by role chaining, in seconds. */
const CHAINED_SESSION = 3_600;

/** AWS's session duration where a role says nothing, in seconds. */
const USUAL_SESSION = 3_600;

/** The lock in which sessions of these roles that were issued before `now` are denied. */
export function recordSeals(
  { lock, ...model }: Model,
  revocations: readonly OpenRevocation[],
  roles: readonly Role[],
  now: Date,
): Lock {
  const byInstance = maySkipChaining(model.roles, revocations);
  const revokedArns = new Set(revocations.map(({ roleArn }) => roleArn));
  const seals = roles.map((role) => {
    const isChained = !revokedArns.has(role.arn) && !byInstance;
    const seconds = isChained ? CHAINED_SESSION : (role.maxSessionDuration ?? USUAL_SESSION);
    return [role.arn, sealOf(tryFindSeal(lock, role.arn), now, seconds)] as const;
  });
  const revoked = revocations.map(({ roleArn, at, principals, reaches, sealedAt, sealsLeft }) => [
    roleArn,
    {
      at,
      principals,
      reaches,
      sealedAt: sealedAt ?? utcTime(now),
      sealsLeft: Math.max(0, sealsLeft - 1),
    },
  ]);
  return {
    ...lock,
    revoked: { ...lock.revoked, ...Object.fromEntries(revoked) },
    sealed: { ...lock.sealed, ...Object.fromEntries(seals) },
  };
}

/** The lock without the seals whose sessions have all ended by `now`, and without revocations that are over. */
export function dropSeals(model: Model, now: Date): Lock {
  const { lock } = model;
  const sealed = Object.entries(lock.sealed ?? {}).filter(([, seal]) => !hasEnded(seal, now));
  const over = new Set(
    openRevocations(model)
      .filter((each) => isOver(lock, each, now))
      .map(({ roleArn }) => roleArn),
  );
  const revoked = Object.entries(lock.revoked ?? {}).filter(([arn]) => !over.has(arn));
  return {
    ...lock,
    sealed: sealed.length > 0 ? Object.fromEntries(sealed) : undefined,
    revoked: revoked.length > 0 ? Object.fromEntries(revoked) : undefined,
  };
}

/**
 * An EC2 instance's role assumes others without the limit of chaining (IAM User Guide, "Role chaining"), so
 * that their sessions may last as long as those roles let them.
 */
function maySkipChaining(roles: readonly Role[], revocations: readonly OpenRevocation[]): boolean {
  const involved = new Set(revocations.flatMap(({ roleArn, reaches }) => [roleArn, ...reaches]));
  const isInstance = (service: string): boolean => /^ec2\.amazonaws\.com(\.cn)?$/.test(service);
  return (
    revocations.some(({ principals }) =>
      principals.some((key) => key.startsWith("service ") && isInstance(key.slice(8))),
    ) ||
    roles.some(
      ({ arn, trusts }) =>
        involved.has(arn) &&
        trusts.some((trust) => trust.kind === "service" && isInstance(trust.service)),
    )
  );
}

/** An earlier seal lasts on: what it denied may have been of a longer kind. */
function sealOf(known: Seal | undefined, now: Date, seconds: number): Seal {
  const until = utcTime(new Date(now.getTime() + seconds * 1_000));
  return {
    before: utcTime(now),
    until: known !== undefined && known.until > until ? known.until : until,
  };
}
