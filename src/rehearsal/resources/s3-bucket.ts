import { bucketArn } from "../aws/all-accounts";
import { createBucket, deleteBucket, putBucketPolicy } from "../aws/buckets";
import { generatedName } from "./generated-name";
import { shownPolicyText } from "./policy-argument";
import type { ResourceType } from "./resource-type";

/** `aws_s3_bucket`: another name or region makes another bucket. The ID is the name. */
export const s3Bucket: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["bucket", "bucket_prefix", "object_lock_enabled"],
  policies: ["policy"],
  importable: true,
  create(call) {
    const { account, region, arguments: args, origin } = call;
    const name = generatedName(call, "bucket");
    createBucket(account, { name, region, objectLock: args.flag("object_lock_enabled"), origin });
    const policy = args.optionalPolicy("policy");
    if (policy !== undefined) putBucketPolicy(account, name, policy);
    return name;
  },
  read: ({ account }, id) => {
    const bucket = account.buckets.tryGet(bucketArn(account, id));
    if (bucket === undefined) return undefined;
    const domain = account.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    return {
      id,
      bucket: id,
      arn: bucket.arn,
      region: bucket.region,
      bucket_domain_name: `${id}.s3.${domain}`,
      bucket_regional_domain_name: `${id}.s3.${bucket.region}.${domain}`,
      object_lock_enabled: bucket.objectLock,
      policy: bucket.policy === undefined ? "" : shownPolicyText(account, bucket.policy),
    };
  },
  update({ account, arguments: args, changed }, id) {
    const policy = args.optionalPolicy("policy");
    if (policy !== undefined && changed.has("policy")) putBucketPolicy(account, id, policy);
    return id;
  },
  delete({ account }, id) {
    const bucket = account.buckets.tryGet(bucketArn(account, id));
    if (bucket !== undefined) deleteBucket(account, bucket);
  },
};
