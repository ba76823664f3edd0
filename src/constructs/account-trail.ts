import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** A trail and where it writes. */
export interface AccountTrailProps {
  readonly trailName: string;
  /** `organization`: of every account of the organization; only the management account can have it. */
  readonly kind: "account" | "organization";
  /** The bucket's policy must let CloudTrail write for this account before the trail is made. */
  readonly bucketName: string;
  /** ARN of the KMS key, or a reference to it. @default - S3's own encryption (SSE-S3) */
  readonly keyArn?: string;
  /** Made before the trail: a bucket of the same stack. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A CloudTrail trail of management events in every Region, with validation of its files. */
export class AccountTrail extends Construct {
  constructor(scope: Construct, id: string, props: AccountTrailProps) {
    super(scope, id);
    new Cloudtrail(this, "trail", {
      name: props.trailName,
      s3BucketName: props.bucketName,
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      ...(props.kind === "organization" && { isOrganizationTrail: true }),
      ...(props.keyArn !== undefined && { kmsKeyId: props.keyArn }),
      ...(props.dependsOn !== undefined &&
        props.dependsOn.length > 0 && { dependsOn: [...props.dependsOn] }),
    });
  }
}
