import type { Caller } from "../../iam/evaluation/request";
import { accessRefusal } from "./access-refusal";
import { bucketArn, tryFindBucket, tryFindKey } from "./all-accounts";
import { shownResourcePolicy } from "./resource-policy";
import type { SimulatedAccount } from "./simulated-account";

/** Logs of an account that a service, or a role on its behalf, writes to a bucket. */
export interface LogDelivery {
  readonly caller: Caller;
  /** The account whose logs they are. */
  readonly account: SimulatedAccount;
  /** What they come from: a trail, a delivery channel. */
  readonly sourceArn: string;
  readonly bucketName: string;
  /** Key of an object that is to be written. */
  readonly objectKey: string;
}

/** Why the bucket's policy does not take the logs; undefined where it does. */
export function bucketRefusal(delivery: LogDelivery, action: BucketAction): string | undefined {
  const found = tryFindBucket(delivery.account.all, delivery.bucketName);
  if (found === undefined) return `The bucket ${delivery.bucketName} does not exist.`;
  const { account: owner, bucket } = found;
  const arn = bucketArn(owner, bucket.name);
  return accessRefusal({
    caller: delivery.caller,
    action,
    resource: {
      arn: action === "s3:PutObject" ? `${arn}/${delivery.objectKey}` : arn,
      accountId: owner.id,
      policy: bucket.policy && shownResourcePolicy(owner, bucket.policy),
    },
    context: contextOf(
      delivery,
      action === "s3:PutObject" ? { "s3:x-amz-acl": "bucket-owner-full-control" } : {},
    ),
  });
}

/** What a service asks of a bucket before it writes logs there. */
export type BucketAction = "s3:GetBucketAcl" | "s3:PutObject";

/** Why the key's policy does not let the logs be encrypted; undefined where it does. */
export function keyRefusal(
  delivery: LogDelivery,
  keyArn: string,
  action: "kms:GenerateDataKey" | "kms:DescribeKey",
  encryptionContext: Readonly<Record<string, string>> = {},
): string | undefined {
  const found = tryFindKey(delivery.account.all, keyArn);
  if (found === undefined) return `The key ${keyArn} does not exist.`;
  const { account: owner, key } = found;
  return accessRefusal({
    caller: delivery.caller,
    action,
    resource: { arn: key.arn, accountId: owner.id, policy: shownResourcePolicy(owner, key.policy) },
    context: contextOf(delivery, encryptionContext),
  });
}

/** A service says whose logs it writes; a role is known by itself. */
function contextOf(
  { caller, account, sourceArn }: LogDelivery,
  keys: Readonly<Record<string, string>>,
): { readonly organizationId?: string; readonly keys: Readonly<Record<string, string>> } {
  const { organizationId } = account;
  if (caller.kind !== "service") return { organizationId, keys };
  return {
    keys: {
      "aws:SourceArn": sourceArn,
      "aws:SourceAccount": account.id,
      ...(organizationId !== undefined && { "aws:SourceOrgID": organizationId }),
      ...keys,
    },
  };
}
