import type { Lock } from "../../trust/lock";
import { withLock } from "../../trust/principal-trust";
import { isPrincipalTrust, type PrincipalTrust, type Trust } from "../../trust/trust";

/** A trust of an account at the stage that a lock gives it; of other kinds than principals the same. */
export function trustWithLock<T extends Trust>(
  trust: T,
  lock: Lock,
  trustingAccountId: string,
): T | PrincipalTrust {
  return isPrincipalTrust(trust) ? withLock(trust, lock, trustingAccountId) : trust;
}
