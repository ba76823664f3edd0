import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What AWS Config records in one Region, and where it writes. */
export interface ConfigRecorderProps {
  /** Where it is not the provider's. @default - the provider's */
  readonly region?: string;
  /** ARN of `AWSServiceRoleForConfig`: with it Config writes as the service, and needs no policy of ours. */
  readonly roleArn: string;
  /** The bucket's policy must let Config write for this account before the channel is made. */
  readonly bucketName: string;
  /** ARN of the KMS key, or a reference to it. @default - the bucket's own encryption */
  readonly keyArn?: string;
  /** Global resources (IAM) are recorded in one Region of the account alone. */
  readonly globalResources: "recorded" | "left out";
  /** Made before the recorder: the role, and a bucket of the same stack. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Of recorder and channel. AWS allows one recorder per Region: under a name of its own a second one is
 * refused, where the usual name `default` would change the recorder that is there.
 */
const NAME = "crosstrust";

/** A recorder of all resources of one Region, its delivery channel, and that it is switched on. */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    const dependsOn = props.dependsOn ?? [];
    const recorder = new ConfigConfigurationRecorder(this, "recorder", {
      name: NAME,
      ...region,
      roleArn: props.roleArn,
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: props.globalResources === "recorded",
      },
      ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
    });
    const channel = new ConfigDeliveryChannel(this, "channel", {
      name: NAME,
      ...region,
      s3BucketName: props.bucketName,
      ...(props.keyArn !== undefined && { s3KmsKeyArn: props.keyArn }),
      // A channel needs a recorder, and a recorder starts only with a channel.
      dependsOn: [recorder, ...dependsOn],
    });
    new ConfigConfigurationRecorderStatus(this, "status", {
      name: recorder.name,
      ...region,
      isEnabled: true,
      dependsOn: [channel],
    });
  }
}
