import { asArray } from "../../iam/policy-document";
import type { TrustLimits } from "../../trust/trust-limits";
import type { AccountTrustInput } from "../file/schema/trusts";

/** The limits of a trust, those that are set. */
export function trustLimits(trust: AccountTrustInput): TrustLimits {
  const { sourceIdentity, sessionTags, sessionName, sourceIp, sourceVpce, expires } = trust;
  return {
    ...(sourceIdentity !== undefined && { sourceIdentity: asArray(sourceIdentity) }),
    ...(sessionTags !== undefined && {
      sessionTags: Object.fromEntries(
        Object.entries(sessionTags).map(([tag, values]) => [tag, asArray(values)]),
      ),
    }),
    ...(sessionName !== undefined && { sessionName: asArray(sessionName) }),
    ...(sourceIp !== undefined && { sourceIp: asArray(sourceIp) }),
    ...(sourceVpce !== undefined && { sourceVpce: asArray(sourceVpce) }),
    ...(expires !== undefined && { expires }),
    ...(trust.conditions !== undefined && { conditions: trust.conditions }),
  };
}
