import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { PolicyDocument } from "../iam/policy-document";
import { policyJson } from "./terraform-json";

/** A bucket that only its policy opens. */
export interface PrivateBucketProps {
  readonly bucketName: string;
  /** The bucket policy. */
  readonly policy: PolicyDocument;
  /** The bucket's Region, where it is not the provider's. @default - the provider's */
  readonly region?: string;
  /** ARN of the KMS key, or a reference to it. @default - S3's own encryption (SSE-S3) */
  readonly keyArn?: string;
  /** Days until objects and versions that were replaced expire. @default - they stay */
  readonly expireAfterDays?: number;
  /** Days until objects move to Glacier. @default - they stay where they are */
  readonly archiveAfterDays?: number;
  /** How long each new version is locked: `compliance` even against the account's own administrators. @default - not at all */
  readonly objectLock?: { readonly mode: "governance" | "compliance"; readonly days: number };
  /** `prevent`: Terraform refuses to destroy or replace the bucket. */
  readonly destroy: "allow" | "prevent";
}

/** Days after which parts of an upload that was never completed go. */
const INCOMPLETE_UPLOAD_DAYS = 7;

/** An S3 bucket: versioned, encrypted, without ACLs (owner enforced), closed to the public. */
export class PrivateBucket extends Construct {
  /** The bucket with its policy, for `dependsOn` of what needs both. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    this.bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucketName,
      ...region,
      ...(props.objectLock !== undefined && { objectLockEnabled: true }),
      ...(props.destroy === "prevent" && { lifecycle: { preventDestroy: true } }),
    });
    const ofBucket = { bucket: this.bucket.id, ...region };
    const versioning = new S3BucketVersioningA(this, "versioning", {
      ...ofBucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...ofBucket,
      rule: [
        props.keyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "aws:kms",
                kmsMasterKeyId: props.keyArn,
              },
              bucketKeyEnabled: true,
            },
      ],
    });
    new S3BucketOwnershipControls(this, "ownership", {
      ...ofBucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketPublicAccessBlock(this, "public-access", {
      ...ofBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const policy = new S3BucketPolicy(this, "policy", {
      ...ofBucket,
      policy: policyJson(props.policy),
    });
    this.addLifecycle(ofBucket, props, versioning);
    if (props.objectLock !== undefined) {
      const { mode, days } = props.objectLock;
      new S3BucketObjectLockConfigurationA(this, "object-lock", {
        ...ofBucket,
        rule: { defaultRetention: { mode: mode.toUpperCase(), days } },
        dependsOn: [versioning],
      });
    }
    this.dependables = [this.bucket, policy];
  }

  /** The name as a reference to the resource: what uses it is made after the bucket. */
  get bucketNameReference(): string {
    return this.bucket.id;
  }

  private addLifecycle(
    ofBucket: { readonly bucket: string; readonly region?: string },
    { expireAfterDays, archiveAfterDays }: PrivateBucketProps,
    versioning: ITerraformDependable,
  ): void {
    if (expireAfterDays === undefined && archiveAfterDays === undefined) return;
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      ...ofBucket,
      rule: [
        {
          id: "retention",
          status: "Enabled",
          // All objects: the provider wants a filter, be it empty.
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_DAYS }],
          ...(archiveAfterDays !== undefined && {
            transition: [{ days: archiveAfterDays, storageClass: "GLACIER" }],
          }),
          ...(expireAfterDays !== undefined && {
            expiration: [{ days: expireAfterDays }],
            noncurrentVersionExpiration: [{ noncurrentDays: expireAfterDays }],
          }),
        },
      ],
      dependsOn: [versioning],
    });
  }
}
