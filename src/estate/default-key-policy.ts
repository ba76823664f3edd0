import { accountPrincipalArn, type Partition } from "../iam/arn";
import { policyDocument, type PolicyDocument } from "../iam/policy-document";

/**
 * The policy of a KMS key that is made without one: the account's IAM policies govern (KMS Developer
 * Guide, "Default key policy", when a key is made by the API).
 */
export function defaultKeyPolicy(partition: Partition, accountId: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "Enable IAM User Permissions",
      Effect: "Allow",
      Principal: { AWS: accountPrincipalArn(partition, accountId) },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
}
