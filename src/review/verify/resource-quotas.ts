import type { EstateResource } from "../../estate/estate";
import { asArray, type PolicyDocument } from "../../iam/policy-document";
import { POLICY_QUOTAS, type PolicyMeasure } from "../../sharing/quotas";
import type { SharedType } from "../../sharing/shared-resource";
import type { Finding } from "./finding";

/** Terraform's types of resources with a policy, as `sharing` of the accounts file calls them. */
export const SHARED_TYPES: ReadonlyMap<string, SharedType> = new Map([
  ["aws_kms_key", "kms-key"],
  ["aws_ecr_repository", "ecr-repository"],
  ["aws_secretsmanager_secret", "secret"],
  ["aws_s3_bucket", "s3-bucket"],
  ["aws_sns_topic", "sns-topic"],
  ["aws_sqs_queue", "sqs-queue"],
  ["aws_cloudwatch_event_bus", "event-bus"],
  ["aws_lambda_function", "lambda-function"],
]);

/** What a resource's policy has more of than its service takes. */
export function overResourceQuotas({
  type,
  arn,
  accountId,
  origin,
  policy,
  policyOrigins,
}: EstateResource): readonly Finding[] {
  const shared = SHARED_TYPES.get(type);
  if (typeof policy !== "object" || shared === undefined) return [];
  const uses = usesOf(policy);
  return (["bytes", "statements", "principals"] as const).flatMap((measure): readonly Finding[] => {
    const quota = POLICY_QUOTAS[shared][measure];
    if (quota === undefined || uses[measure] <= quota) return [];
    return [
      {
        kind: "over quota",
        accountId,
        origin: policyOrigins?.[0] ?? origin,
        statements: [],
        arn,
        says: `the resource's policy has ${uses[measure]} ${measure}, the quota is ${quota}`,
        remedy: "share it with whole accounts instead of their principals, or with fewer",
      },
    ];
  });
}

function usesOf(policy: PolicyDocument): Readonly<Record<PolicyMeasure, number>> {
  const statements = asArray(policy.Statement);
  const principals = statements.flatMap(({ Principal }): readonly string[] =>
    Principal === undefined || Principal === "*"
      ? asArray<string>(Principal)
      : Object.values(Principal).flatMap((values) => asArray(values)),
  );
  return {
    bytes: Buffer.byteLength(JSON.stringify(policy)),
    statements: statements.length,
    principals: new Set(principals).size,
  };
}
