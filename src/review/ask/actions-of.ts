import type { ResourceQuestion } from "../../estate/resource-access";
import { JUDGED_ACTIONS } from "../../iam/judged-actions";
import type { ResourceTarget } from "../names/name-book";

/** The service that a resource belongs to, as actions begin: `s3`. */
export function serviceOf({ arn }: { readonly arn: string }): string {
  return arn.split(":")[2];
}

/** What is asked of a resource of whom no action is named: what this project knows managed policies of. */
export function usualActions(target: { readonly arn: string }): readonly string[] {
  const prefix = `${serviceOf(target)}:`;
  return JUDGED_ACTIONS.filter((action) => action.startsWith(prefix));
}

/** Actions on the objects of a bucket, not on the bucket (Service Authorization Reference, Amazon S3). */
const OBJECT_ACTION =
  /^s3:(?!PutBucket)(Abort|Bypass|Delete|Get|Put|Restore|Replicate)\w*(Object|Upload|Governance)/i;
const BUCKET_ACTION = /ObjectLockConfiguration$|OwnershipControls$/i;

/**
 * The questions for some actions. Where a bucket is named and the action is one on objects, it is asked of
 * `any-object` at its top: whoever may use some folder alone is found by naming an object there.
 */
export function questionsFor(
  { resource, arn }: ResourceTarget,
  actions: readonly string[],
): readonly ResourceQuestion[] {
  if (resource.type !== "aws_s3_bucket" || arn !== resource.arn)
    return [{ resource, actions, arn }];
  const ofObjects = actions.filter((one) => OBJECT_ACTION.test(one) && !BUCKET_ACTION.test(one));
  const ofBucket = actions.filter((action) => !ofObjects.includes(action));
  return [
    { resource, actions: ofBucket, arn },
    { resource, actions: ofObjects, arn: `${arn}/any-object` },
  ];
}
