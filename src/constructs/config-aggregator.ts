import { ConfigConfigurationAggregator } from "@cdktf/provider-aws/lib/config-configuration-aggregator";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What an aggregator gathers. */
export interface ConfigAggregatorProps {
  readonly aggregatorName: string;
  /** The whole list: AWS replaces the one that it has. At least one. */
  readonly accountIds: readonly string[];
  /** At least one. */
  readonly regions: readonly string[];
}

/**
 * An AWS Config aggregator of listed accounts. Each must authorize it in each Region; an aggregator of
 * the organization would need no list, but the management account or a delegated administrator.
 */
export class ConfigAggregator extends Construct {
  /** The resource, for `dependsOn` alone. */
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ConfigAggregatorProps) {
    super(scope, id);
    this.dependable = new ConfigConfigurationAggregator(this, "aggregator", {
      name: props.aggregatorName,
      accountAggregationSource: {
        accountIds: [...props.accountIds],
        regions: [...props.regions],
      },
    });
  }
}
