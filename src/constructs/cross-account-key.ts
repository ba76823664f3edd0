import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourcePolicy } from "../sharing/resource-policy";
import { sharedArn } from "../sharing/shared-arn";
import type { SharedKmsKey } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";
import { keyWithoutArn, replicaWithoutPrimary } from "./errors";
import { ManagedKey } from "./managed-key";
import { policyJson } from "./terraform-json";

/** A key to share; a replica also needs its primary. */
export interface CrossAccountKeyProps extends CrossAccountResourceProps<SharedKmsKey> {
  /** Of a replica: the ARN of its primary, as a reference. @default - not a replica */
  readonly primaryKeyArn?: string;
}

/**
 * A KMS key that principals of other accounts use, with its alias; of an existing key the policy alone.
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountKey extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns: Readonly<Record<string, string>>;
  readonly dependables: readonly ITerraformDependable[];
  /** The ARN of the key: a reference where the key is defined here. */
  readonly keyArnReference: string;

  constructor(scope: Construct, id: string, props: CrossAccountKeyProps) {
    super(scope, id);
    const { resource } = props;
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const { keyArn, dependable } =
      resource.ownership === "existing"
        ? this.addPolicy(props)
        : typeof resource.multiRegion === "object"
          ? this.addReplica(props)
          : this.addKey(props);
    this.keyArnReference = keyArn;
    this.keyArns = resource.ownership === "defined" ? { [sharedArn(resource)]: keyArn } : {};
    this.dependables = [dependable];
  }

  private addKey(props: CrossAccountKeyProps): DefinedKey {
    const { resource } = props;
    const key = new ManagedKey(this, "key", {
      alias: resource.name,
      policy: resourcePolicy(resource),
      deletionWindowInDays: resource.deletionWindowInDays,
      enableKeyRotation: resource.enableKeyRotation,
      regions: resource.multiRegion === "primary" ? "multi" : "one",
      ...regionArgument(props),
    });
    return { keyArn: key.keyArnReference, dependable: key.dependable };
  }

  private addReplica(props: CrossAccountKeyProps): DefinedKey {
    const { resource, primaryKeyArn } = props;
    if (primaryKeyArn === undefined) throw replicaWithoutPrimary(resource.name);
    const region = regionArgument(props);
    const replica = new KmsReplicaKey(this, "replica", {
      primaryKeyArn,
      policy: policyJson(resourcePolicy(resource)),
      deletionWindowInDays: resource.deletionWindowInDays,
      ...region,
    });
    new KmsAlias(this, "alias", {
      name: `alias/${resource.name}`,
      targetKeyId: replica.keyId,
      ...region,
    });
    return { keyArn: replica.arn, dependable: replica };
  }

  private addPolicy(props: CrossAccountKeyProps): DefinedKey {
    const { resource } = props;
    if (resource.keyArn === undefined) throw keyWithoutArn(resource.name);
    const policy = new KmsKeyPolicy(this, "policy", {
      // The provider reads the ID back: an ARN would be a change in every plan.
      keyId: resource.keyArn.replace(/^.*:key\//, ""),
      policy: policyJson(resourcePolicy(resource)),
      ...regionArgument(props),
    });
    return { keyArn: resource.keyArn, dependable: policy };
  }
}

interface DefinedKey {
  readonly keyArn: string;
  readonly dependable: ITerraformDependable;
}
