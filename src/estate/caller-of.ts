import type { Caller } from "../iam/evaluation/request";
import type { Identity } from "./estate";

/** An identity of the estate as it calls. */
export function callerOf(identity: Identity): Caller {
  const { kind, arn, accountId, policies, uniqueId, permissionsBoundary } = identity;
  const { serviceControlPolicies } = identity;
  return {
    kind,
    arn,
    accountId,
    identityPolicies: policies,
    uniqueId,
    permissionsBoundary,
    ...(serviceControlPolicies !== undefined && { serviceControlPolicies }),
  };
}
