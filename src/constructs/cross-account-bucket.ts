import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourcePolicy } from "../sharing/resource-policy";
import type { SharedBucket } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";
import { PrivateBucket } from "./private-bucket";
import { policyJson } from "./terraform-json";

/**
 * An S3 bucket whose objects principals of other accounts read or write; of an existing one the
 * policy alone.
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountBucket extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedBucket>) {
    super(scope, id);
    const { resource } = props;
    const region = regionArgument(props);
    const policy = resourcePolicy(resource);
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    this.dependables =
      resource.ownership === "existing"
        ? [
            new S3BucketPolicy(this, "policy", {
              bucket: resource.name,
              policy: policyJson(policy),
              ...region,
            }),
          ]
        : new PrivateBucket(this, "bucket", {
            bucketName: resource.name,
            policy,
            // S3 itself refuses to delete a bucket that has objects.
            destroy: "allow",
            ...region,
          }).dependables;
  }
}
