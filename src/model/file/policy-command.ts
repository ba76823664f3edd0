import type { SharingInput } from "./schema/sharing";
import { sharedName } from "./shared-name";

/** The command that shows the policy that an entry's existing resource has. */
export function policyCommand(value: SharingInput, key: string): string {
  const name = sharedName(value, key);
  switch (value.type) {
    case "kms-key":
      return `aws kms get-key-policy --key-id ${value.arn ?? `alias/${name}`} --policy-name default --query Policy --output text`;
    case "ecr-repository":
      return `aws ecr get-repository-policy --repository-name ${name} --query policyText --output text`;
    case "secret":
      return `aws secretsmanager get-resource-policy --secret-id ${value.arn ?? name} --query ResourcePolicy --output text`;
    case "s3-bucket":
      return `aws s3api get-bucket-policy --bucket ${name} --query Policy --output text`;
    case "sns-topic":
      return `aws sns get-topic-attributes --topic-arn ${value.arn ?? `ARN-of-${name}`} --query Attributes.Policy --output text`;
    case "sqs-queue":
      return `aws sqs get-queue-attributes --queue-url URL-of-${name} --attribute-names Policy --query Attributes.Policy --output text`;
    case "event-bus":
      return `aws events describe-event-bus --name ${name} --query Policy --output text`;
    case "lambda-function":
      return `aws lambda get-policy --function-name ${name} --query Policy --output text`;
  }
}
