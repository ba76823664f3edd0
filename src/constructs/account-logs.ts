import { ConfigAggregateAuthorization } from "@cdktf/provider-aws/lib/config-aggregate-authorization";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { roleArn, type Partition } from "../iam/arn";
import { aggregatorTerms } from "../logging/log-terms";
import { aggregatorKey, type AccountLogging, type ConfigRecording } from "../logging/logs";
import { AccountTrail } from "./account-trail";
import { ConfigAggregator } from "./config-aggregator";
import { ConfigRecorder } from "./config-recorder";
import { LogStorage } from "./log-storage";

/** One account's part in `logs`. */
export interface AccountLogsProps {
  /** 12 digits. */
  readonly accountId: string;
  readonly partition: Partition;
  /** The provider's Region: resources in others name theirs. */
  readonly region: string;
  readonly logging: AccountLogging;
}

const CONFIG = "config.amazonaws.com";

/**
 * An account's trail and its AWS Config; in the logs account also the buckets, their key and the
 * aggregator.
 */
export class AccountLogs extends Construct {
  /** By bucket ARN and aggregator, for the output `trust_terms`. */
  readonly terms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Alias ARN to a reference to the key's ARN, for the output `shared_keys`. */
  readonly sharedKeys: Readonly<Record<string, string>>;
  /** What the terms speak of: they hold once it is applied. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly storage?: LogStorage;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccountLogsProps,
  ) {
    super(scope, id);
    const { buckets, aggregator, config } = props.logging;
    if (buckets.length > 0) this.storage = new LogStorage(this, "storage", { buckets });
    this.addTrail();
    this.addConfig(config);
    const aggregated =
      aggregator &&
      new ConfigAggregator(this, "aggregator", {
        aggregatorName: aggregator.name,
        accountIds: aggregator.accountIds,
        regions: aggregator.regions,
      });
    this.terms = {
      ...this.storage?.terms,
      ...(aggregator && { [aggregatorKey(aggregator)]: aggregatorTerms(aggregator) }),
    };
    this.sharedKeys = this.storage?.sharedKeys ?? {};
    this.dependables = [
      ...(this.storage?.dependables ?? []),
      ...(aggregated === undefined ? [] : [aggregated.dependable]),
    ];
  }

  private addTrail(): void {
    const { trail } = this.props.logging;
    if (trail === undefined) return;
    new AccountTrail(this, "trail", {
      trailName: trail.name,
      kind: trail.kind,
      bucketName: trail.bucket,
      keyArn: this.keyOf(trail),
      dependsOn: this.storage?.dependables,
    });
  }

  private addConfig(recordings: readonly ConfigRecording[]): void {
    const { accountId, partition, region: providerRegion, logging } = this.props;
    const isRecorded = recordings.some(({ recorder }) => recorder === "defined");
    const serviceLinkedRole =
      isRecorded && logging.configServiceLinkedRole === "defined"
        ? [new IamServiceLinkedRole(this, "config-role", { awsServiceName: CONFIG })]
        : [];
    for (const recording of recordings) {
      const region = recording.region === providerRegion ? undefined : recording.region;
      if (recording.recorder === "defined") {
        new ConfigRecorder(this, `config-${recording.region}`, {
          region,
          roleArn: roleArn(
            partition,
            accountId,
            `/aws-service-role/${CONFIG}/`,
            "AWSServiceRoleForConfig",
          ),
          bucketName: recording.bucket,
          keyArn: this.keyOf(recording),
          globalResources: recording.includeGlobalResources ? "recorded" : "left out",
          dependsOn: [...serviceLinkedRole, ...(this.storage?.dependables ?? [])],
        });
      }
      if (recording.aggregator !== undefined) {
        new ConfigAggregateAuthorization(this, `authorization-${recording.region}`, {
          ...(region !== undefined && { region }),
          accountId: recording.aggregator.accountId,
          authorizedAwsRegion: recording.aggregator.region,
        });
      }
    }
  }

  /** In the logs account's own stack the key is a reference; elsewhere it waits until it is confirmed. */
  private keyOf(writer: { readonly bucket: string; readonly keyArn?: string }): string | undefined {
    return this.storage?.tryKeyArnReference(writer.bucket) ?? writer.keyArn;
  }
}
