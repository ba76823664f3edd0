import type { PolicyDocument } from "./policy-document";
import { oneOrMany, policyDocument } from "./policy-document";
import { tryPrincipalKind } from "./principal-arn";

/**
 * The other half of trusts: the policy that allows `sts:AssumeRole` on exactly these roles. The same
 * roles in another order, or one of them twice, make the same policy.
 *
 * Throws when there is no role, and when something is not the ARN of one role. Wildcards are refused:
 * `*` would let the identity into every role anywhere that trusts its whole account.
 */
export function assumeRolePolicy(roleArns: readonly string[]): PolicyDocument {
  if (roleArns.length === 0) throw noRoles();
  const wrong = roleArns.find((arn) => tryPrincipalKind(arn) !== "role");
  if (wrong !== undefined) throw notOneRole(wrong);
  return policyDocument([
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: oneOrMany([...new Set(roleArns)].sort()),
    },
  ]);
}

function noRoles(): Error {
  return new Error("expected at least one role ARN to allow sts:AssumeRole on, found none");
}

function notOneRole(arn: string): Error {
  return new Error(
    `expected the ARN of one role, without wildcards (arn:aws:iam::111122223333:role/name), found ${JSON.stringify(arn)}`,
  );
}
