import { accountPrincipalArn, tryParseIamArn } from "../iam/arn";
import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import { isPrincipalTrust } from "../trust/trust";
import { digestOf } from "../trust/trust-terms";
import { sharedArn } from "./shared-arn";
import type { SharedFunction, SharingTrust } from "./shared-resource";

/** The only action on a function that is shared. */
export const FUNCTION_ACTION = "lambda:InvokeFunction";

/** One statement of a function's policy, as Lambda takes it: it has no free condition. */
export interface LambdaPermission {
  /** Letters, digits, `-` and `_`; unique in the function's policy. */
  readonly statementId: string;
  /** An ARN, of an account too: of its ID Lambda makes that, and every plan would replace it. */
  readonly principal: string;
  readonly organizationId?: string;
}

/**
 * The permissions of a shared function, sorted by statement ID. A role or user that is not confirmed
 * has none: it would have to be guarded by a condition, and so would MFA and an external ID.
 */
export function lambdaPermissions({ trusts }: SharedFunction): readonly LambdaPermission[] {
  const permissions = trusts.filter(canBeNamed).map((trust) => ({
    statementId: statementId(trust),
    principal: isPrincipalTrust(trust)
      ? trust.principalArn
      : accountPrincipalArn(trust.partition, trust.accountId),
    ...(trust.organizationId !== undefined && { organizationId: trust.organizationId }),
  }));
  const byId = new Map(permissions.map((each) => [each.statementId, each]));
  return [...byId.values()].sort((a, b) => (a.statementId < b.statementId ? -1 : 1));
}

/** The policy that Lambda makes of a function's permissions. */
export function lambdaFunctionPolicy(shared: SharedFunction): PolicyDocument {
  return policyDocument(
    lambdaPermissions(shared).map(({ statementId, principal, organizationId }) => ({
      Sid: statementId,
      Effect: "Allow",
      Principal: { AWS: principal },
      Action: FUNCTION_ACTION,
      Resource: sharedArn(shared),
      ...(organizationId !== undefined && {
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      }),
    })),
  );
}

function canBeNamed(trust: SharingTrust): boolean {
  if (trust.mfa || trust.externalId !== undefined) return false;
  return !isPrincipalTrust(trust) || trust.uniqueId !== undefined;
}

/** Role and user names have characters that a statement ID does not take: a digest tells those apart. */
function statementId(trust: SharingTrust): string {
  if (!isPrincipalTrust(trust)) return `account-${trust.accountId}`;
  const name = tryParseIamArn(trust.principalArn)?.name ?? trust.principalArn;
  const plain = name.replace(/[^\w-]/g, "_");
  const suffix = plain === name ? "" : `-${digestOf(name).slice(0, 8)}`;
  return `${trust.kind}-${trust.accountId}-${plain}${suffix}`;
}
