import { decide } from "./decide";
import { isOfOtherPartition } from "./needed-permissions";
import type { AccessRequest, Decision } from "./request";
import { rulesFor } from "./service-rules";
import { isStsAction } from "./sts-action";

/**
 * Decides whether AWS lets a caller do an action on a resource, from the resource's policy and the
 * policies that bear on the caller (IAM User Guide, "Policy evaluation logic" and "Cross-account
 * policy evaluation logic"; KMS Developer Guide, "Determining access to AWS KMS keys").
 * `docs/evaluation.md` says what is judged and what is not (KMS grants and access control lists are
 * not). As for `evaluateAssumeRole`, what cannot be told never becomes `allowed`, and documents must
 * not be changed after the first evaluation.
 */
export function evaluateAccess(request: AccessRequest): Decision {
  const refusal = refusalOf(request);
  return refusal === undefined
    ? decide(request)
    : { result: "denied", decidedBy: [], reason: refusal };
}

/** Why AWS refuses a request whatever the policies say; undefined where the policies decide. */
function refusalOf({ caller, action, resource }: AccessRequest): string | undefined {
  const { arn, accountId } = resource;
  if (caller.kind === "root" && isStsAction(action)) {
    return `${caller.arn} is the root user of an account, who may not assume roles`;
  }
  if (arn !== "*" && isOfOtherPartition(caller, arn)) {
    return `${caller.arn} and ${arn} are in different partitions, between which nothing is shared`;
  }
  const isOther = caller.accountId !== undefined && caller.accountId !== accountId;
  if (isOther && rulesFor(action).ownAccountOnly(action.toLowerCase())) {
    return `${action} has no effect across accounts, and ${arn} is of the account ${accountId}`;
  }
  return undefined;
}
