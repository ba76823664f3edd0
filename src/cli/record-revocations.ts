import { recordRevocation } from "../model/rollout/revocations";
import type { Lock } from "../trust/lock";
import { trustKey } from "../trust/trust-terms";
import { utcTime } from "../trust/utc-time";
import { trustsOf, type RevokedTrusts } from "./revoked-trusts";

/** Where one comes from a role, as things are. */
export interface Reached {
  /** ARNs of roles that the stacks define, by whatever chain; sorted. */
  readonly roles: readonly string[];
  /** Of the longest chain; 0 where there is none. */
  readonly steps: number;
}

/** The lock that knows that trusts were taken out, now; `reached`: by the ARN of each role that had them. */
export function recordRevocations(
  lock: Lock,
  revoked: RevokedTrusts,
  reached: ReadonlyMap<string, Reached>,
): Lock {
  const at = utcTime(new Date());
  return revoked.roles.reduce((changed, role) => {
    const { roles: reaches = [], steps = 0 } = reached.get(role.arn) ?? {};
    const principals = [...new Set(trustsOf(revoked, role).map(trustKey))];
    return recordRevocation(changed, role.arn, {
      principals,
      at,
      reaches,
      unconfirmed: true,
      sealsLeft: reaches.length === 0 ? 1 : 1 + steps,
    });
  }, lock);
}
