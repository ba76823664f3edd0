import { bucketArn } from "../aws/all-accounts";
import { setBucketSetting } from "../aws/buckets";
import { canonicalText } from "../value";
import type { ResourceCall, ResourceType } from "./resource-type";

/**
 * A setting of a bucket that has a Terraform resource of its own, such as `aws_s3_bucket_versioning`:
 * the bucket must exist. What the setting says is compared with the state alone. The ID is the
 * bucket's name.
 */
export function s3BucketSetting(type: string): ResourceType {
  const put = ({ account, arguments: args }: ResourceCall): string => {
    const bucket = args.text("bucket");
    setBucketSetting(account, bucket, type, canonicalText(args.values));
    return bucket;
  };
  return {
    regional: true,
    defaults: {},
    replacedBy: ["bucket"],
    importable: true,
    create: put,
    read: ({ account }, id) =>
      account.buckets.tryGet(bucketArn(account, id))?.settings.has(type) === true
        ? { id, bucket: id }
        : undefined,
    update: put,
    delete({ account }, id) {
      if (account.buckets.tryGet(bucketArn(account, id)) !== undefined) {
        setBucketSetting(account, id, type, undefined);
      }
    },
  };
}
