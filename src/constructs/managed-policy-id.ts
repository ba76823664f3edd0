/** Construct id of the attachment of a managed policy. AWS's own policies go by path and name; another account's may have the same. */
export function managedPolicyId(policyArn: string): string {
  const [, owner, name] = /^arn:[^:]*:iam::([^:]*):policy\/(.*)$/.exec(policyArn) ?? [
    "",
    "",
    policyArn,
  ];
  return owner === "aws" ? `managed-policy-${name}` : `managed-policy-${owner}-${name}`;
}
