import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SharedEventBus } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  tryPolicyText,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";

/**
 * An EventBridge event bus that principals of other accounts put events on; of an existing one (such
 * as `default`) the policy alone.
 *
 * Guarantee: from stage to stage only the policy differs, at the same Terraform address.
 */
export class CrossAccountEventBus extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedEventBus>) {
    super(scope, id);
    const { resource } = props;
    const region = regionArgument(props);
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    const eventBusName =
      resource.ownership === "existing"
        ? resource.name
        : new CloudwatchEventBus(this, "event-bus", { name: resource.name, ...region }).name;
    const policy = tryPolicyText(resource);
    this.dependables =
      policy === undefined
        ? []
        : [new CloudwatchEventBusPolicy(this, "policy", { eventBusName, policy, ...region })];
  }
}
