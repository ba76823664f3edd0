import { bucketArn } from "../aws/all-accounts";
import { putBucketPolicy } from "../aws/buckets";
import { shownPolicyText } from "./policy-argument";
import type { ResourceCall, ResourceType } from "./resource-type";

/** `aws_s3_bucket_policy`: the one policy of a bucket. The ID is the bucket's name. */
export const s3BucketPolicy: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["bucket"],
  policies: ["policy"],
  importable: true,
  create: put,
  read: ({ account }, id) => {
    const policy = account.buckets.tryGet(bucketArn(account, id))?.policy;
    return policy === undefined
      ? undefined
      : { id, bucket: id, policy: shownPolicyText(account, policy) };
  },
  update: put,
  delete({ account }, id) {
    const bucket = account.buckets.tryGet(bucketArn(account, id));
    if (bucket !== undefined) account.buckets.put({ ...bucket, policy: undefined });
  },
};

function put({ account, arguments: args }: ResourceCall): string {
  const bucket = args.text("bucket");
  putBucketPolicy(account, bucket, args.policy("policy"));
  return bucket;
}
