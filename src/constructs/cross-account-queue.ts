import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SharedQueue } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  tryPolicyText,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";

/**
 * An SQS queue that principals of other accounts send to or receive from, encrypted by SQS itself; of
 * an existing one the policy alone. A name that ends in `.fifo` makes a FIFO queue.
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountQueue extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedQueue>) {
    super(scope, id);
    const { resource } = props;
    const region = regionArgument(props);
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const queueUrl =
      resource.ownership === "existing"
        ? existingQueueUrl(resource)
        : new SqsQueue(this, "queue", {
            name: resource.name,
            sqsManagedSseEnabled: true,
            ...(resource.name.endsWith(".fifo") && { fifoQueue: true }),
            ...region,
          }).url;
    const policy = tryPolicyText(resource);
    this.dependables =
      policy === undefined
        ? []
        : [new SqsQueuePolicy(this, "policy", { queueUrl, policy, ...region })];
  }
}

function existingQueueUrl({ partition, region, accountId, name }: SharedQueue): string {
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${accountId}/${name}`;
}
