import { deleteChannel, putChannel } from "../aws/config-channels";
import {
  putRecorder,
  setRecording,
  tryFindChannel,
  tryFindRecorder,
} from "../aws/config-recorders";
import type { ConfigRecorder } from "../aws/simulated-resources";
import type { ResourceCall, ResourcePlace, ResourceType } from "./resource-type";

/** `aws_config_configuration_recorder`: another name makes another one. The ID is the name. */
export const configRecorder: ResourceType = {
  regional: true,
  defaults: { name: "default" },
  replacedBy: ["name"],
  importable: true,
  create: putRecorderOf,
  read: (place, id) => {
    const recorder = tryGetRecorder(place, id);
    return recorder === undefined ? undefined : { id, name: id, role_arn: recorder.roleArn };
  },
  update: putRecorderOf,
  delete(call, id) {
    const recorder = tryGetRecorder(call, id);
    if (recorder !== undefined) call.account.recorders.delete(recorder.arn);
  },
};

/** `aws_config_configuration_recorder_status`: whether it records. The ID is the recorder's name. */
export const configRecorderStatus: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["name"],
  importable: true,
  create: setRecordingOf,
  read: (place, id) => {
    const recorder = tryGetRecorder(place, id);
    return recorder === undefined ? undefined : { id, name: id, is_enabled: recorder.recording };
  },
  update: setRecordingOf,
  delete(call, id) {
    if (tryGetRecorder(call, id) !== undefined) setRecording(call.account, call.region, id, false);
  },
};

/** `aws_config_delivery_channel`: another name makes another one. The ID is the name. */
export const configDeliveryChannel: ResourceType = {
  regional: true,
  defaults: { name: "default" },
  replacedBy: ["name"],
  importable: true,
  create: putChannelOf,
  read: ({ account, region }, id) =>
    tryFindChannel(account, region)?.name === id ? { id, name: id } : undefined,
  update: putChannelOf,
  delete({ account, region }, id) {
    const channel = tryFindChannel(account, region);
    if (channel?.name === id) deleteChannel(account, channel);
  },
};

function tryGetRecorder(
  { account, region }: ResourcePlace,
  name: string,
): ConfigRecorder | undefined {
  const recorder = tryFindRecorder(account, region);
  return recorder?.name === name ? recorder : undefined;
}

function putRecorderOf({ account, region, arguments: args, origin }: ResourceCall): string {
  const name = args.text("name");
  return putRecorder(account, region, { name, roleArn: args.text("role_arn"), origin }).name;
}

function setRecordingOf({ account, region, arguments: args }: ResourceCall): string {
  const name = args.text("name");
  setRecording(account, region, name, args.flag("is_enabled"));
  return name;
}

function putChannelOf({ account, region, arguments: args, origin }: ResourceCall): string {
  const channel = putChannel(
    account,
    {
      name: args.text("name"),
      region,
      bucketName: args.text("s3_bucket_name"),
      keyPrefix: args.optionalText("s3_key_prefix"),
      kmsKeyArn: args.optionalText("s3_kms_key_arn"),
    },
    origin,
  );
  return channel.name;
}
