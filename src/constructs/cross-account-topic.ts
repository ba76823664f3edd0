import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { sharedArn } from "../sharing/shared-arn";
import type { SharedTopic } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  tryPolicyText,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";

/**
 * An SNS topic that principals of other accounts publish or subscribe to; of an existing one the
 * policy alone. A name that ends in `.fifo` makes a FIFO topic.
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountTopic extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedTopic>) {
    super(scope, id);
    const { resource } = props;
    const region = regionArgument(props);
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const arn =
      resource.ownership === "existing"
        ? sharedArn(resource)
        : new SnsTopic(this, "topic", {
            name: resource.name,
            ...(resource.name.endsWith(".fifo") && { fifoTopic: true }),
            ...region,
          }).arn;
    const policy = tryPolicyText(resource);
    this.dependables =
      policy === undefined ? [] : [new SnsTopicPolicy(this, "policy", { arn, policy, ...region })];
  }
}
