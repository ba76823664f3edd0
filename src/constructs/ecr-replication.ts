import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { Construct } from "constructs";

/** The copies that a registry makes of what is pushed to it. */
export interface EcrReplicationProps {
  /** The registry's account, which is also where the copies are. */
  readonly accountId: string;
  /** The registry's Region, where it is not the provider's. @default - the provider's */
  readonly region?: string;
  /** Repositories and the Regions each is copied to; at least one. */
  readonly repositories: readonly {
    readonly name: string;
    readonly replicateTo: readonly string[];
  }[];
}

/**
 * The replication of a registry: one configuration per account and Region, so it holds the rules of
 * all its repositories. ECR goes by the beginning of a name: a repository `app` takes `app-2` along.
 */
export class EcrReplication extends Construct {
  constructor(scope: Construct, id: string, props: EcrReplicationProps) {
    super(scope, id);
    const byRegions = new Map<string, { regions: readonly string[]; names: string[] }>();
    for (const { name, replicateTo } of props.repositories) {
      const regions = [...new Set(replicateTo)].sort();
      const same = byRegions.get(regions.join(" ")) ?? { regions, names: [] };
      same.names.push(name);
      byRegions.set(regions.join(" "), same);
    }
    new EcrReplicationConfiguration(this, "replication", {
      ...(props.region !== undefined && { region: props.region }),
      replicationConfiguration: {
        rule: [...byRegions.entries()]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, { regions, names }]) => ({
            destination: regions.map((region) => ({ region, registryId: props.accountId })),
            repositoryFilter: [...new Set(names)]
              .sort()
              .map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
          })),
      },
    });
  }
}
