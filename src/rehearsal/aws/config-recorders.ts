import { tryParseIamArn } from "../../iam/arn";
import type { Origin } from "../../estate/estate";
import { AwsError } from "./aws-error";
import type { SimulatedAccount } from "./simulated-account";
import type { ConfigRecorder, SimulatedResource } from "./simulated-resources";

/**
 * PutConfigurationRecorder: makes the recorder, or changes the one of its name. One per account and
 * region; its role must exist.
 */
export function putRecorder(
  account: SimulatedAccount,
  region: string,
  input: { readonly name: string; readonly roleArn: string; readonly origin: Origin },
): ConfigRecorder {
  const { name, roleArn, origin } = input;
  const present = tryFindRecorder(account, region);
  if (present !== undefined && present.name !== name) {
    throw new AwsError(
      "MaxNumberOfConfigurationRecordersExceededException",
      `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
      `The account has the recorder ${present.name} in ${region}, and AWS Config allows one.`,
    );
  }
  if (account.roles.tryGet(tryParseIamArn(roleArn)?.name ?? "")?.arn !== roleArn) {
    throw new AwsError(
      "InvalidRoleException",
      `The role ${roleArn} is not valid for AWS Config.`,
      `${roleArn} does not exist.`,
    );
  }
  const arn = account.regionalArn("config", region, `configuration-recorder/${name}`);
  const recorder: ConfigRecorder = {
    type: "aws_config_configuration_recorder",
    name,
    arn,
    region,
    roleArn,
    recording: present?.recording ?? false,
    origin,
  };
  account.recorders.put(recorder);
  return recorder;
}

/** StartConfigurationRecorder and StopConfigurationRecorder: it starts with a delivery channel alone. */
export function setRecording(
  account: SimulatedAccount,
  region: string,
  name: string,
  recording: boolean,
): void {
  const recorder = tryFindRecorder(account, region);
  if (recorder?.name !== name) {
    throw new AwsError(
      "NoSuchConfigurationRecorderException",
      `Cannot find configuration recorder with the specified name '${name}'.`,
    );
  }
  if (recording && tryFindChannel(account, region) === undefined) {
    throw new AwsError(
      "NoAvailableDeliveryChannelException",
      "Delivery channel is not available to start configuration recorder.",
      `The account has no delivery channel in ${region}.`,
    );
  }
  account.recorders.put({ ...recorder, recording });
}

/** The recorder of a region: there is one at most. */
export function tryFindRecorder(
  account: SimulatedAccount,
  region: string,
): ConfigRecorder | undefined {
  return account.recorders.values().find((recorder) => recorder.region === region);
}

/** The delivery channel of a region: there is one at most. */
export function tryFindChannel(
  account: SimulatedAccount,
  region: string,
): SimulatedResource | undefined {
  return account.resources
    .values()
    .find((found) => found.type === "aws_config_delivery_channel" && found.region === region);
}
