import { PrivateBucket, type PrivateBucketProps } from "../../src/constructs/private-bucket";
import { policyDocument } from "../../src/iam/policy-document";
import { only, resourcesOf, synthesizeStack } from "./stack-json";

function synthesize(props: Partial<PrivateBucketProps> = {}) {
  return synthesizeStack((stack) => {
    new PrivateBucket(stack, "logs", {
      bucketName: "acme-logs",
      policy: policyDocument([]),
      destroy: "prevent",
      ...props,
    });
  });
}

test("without more it is versioned, encrypted by S3, without ACLs, closed to the public", () => {
  const stack = synthesize();
  expect(only(stack, "aws_s3_bucket")).toEqual({
    bucket: "acme-logs",
    lifecycle: { prevent_destroy: true },
  });
  expect(only(stack, "aws_s3_bucket_versioning").versioning_configuration).toEqual({
    status: "Enabled",
  });
  expect(only(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
  expect(only(stack, "aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
  expect(only(stack, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  for (const type of ["lifecycle", "object_lock"]) {
    expect(resourcesOf(stack, `aws_s3_bucket_${type}_configuration`)).toEqual({});
  }
});

test("a key of the account encrypts it, once per bucket", () => {
  const stack = synthesize({ keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" });
  expect(only(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      apply_server_side_encryption_by_default: {
        kms_master_key_id: "arn:aws:kms:eu-west-1:111122223333:key/1",
        sse_algorithm: "aws:kms",
      },
      bucket_key_enabled: true,
    },
  ]);
});

test("objects move and expire after the days asked for, replaced versions too", () => {
  const stack = synthesize({ archiveAfterDays: 90, expireAfterDays: 365 });
  expect(only(stack, "aws_s3_bucket_lifecycle_configuration").rule).toEqual([
    {
      id: "retention",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      transition: [{ days: 90, storage_class: "GLACIER" }],
      expiration: [{ days: 365 }],
      noncurrent_version_expiration: [{ noncurrent_days: 365 }],
    },
  ]);
});

test("object lock is set on the bucket and as the default of each version", () => {
  const stack = synthesize({ objectLock: { mode: "compliance", days: 400 } });
  expect(only(stack, "aws_s3_bucket").object_lock_enabled).toBe(true);
  expect(only(stack, "aws_s3_bucket_object_lock_configuration").rule).toEqual({
    default_retention: { mode: "COMPLIANCE", days: 400 },
  });
});
