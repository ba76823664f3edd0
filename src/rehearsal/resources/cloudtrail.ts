import { createTrail, requireDelivery, type TrailSettings } from "../aws/trails";
import type { SimulatedResource } from "../aws/simulated-resources";
import type { ResourceCall, ResourceType } from "./resource-type";

/** `aws_cloudtrail`: another name makes another trail. The ID is the ARN. */
export const cloudtrail: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["name"],
  importable: true,
  create: (call) => createTrail(call.account, settingsOf(call), call.origin).arn,
  read: ({ account }, id) => {
    const trail: SimulatedResource | undefined = account.resources.tryGet(id);
    return trail === undefined
      ? undefined
      : { id, arn: id, name: trail.name, home_region: trail.region };
  },
  update(update, id) {
    requireDelivery(update.account, id, settingsOf(update));
    return id;
  },
  delete({ account }, id) {
    account.resources.delete(id);
  },
};

function settingsOf({ region, arguments: args }: ResourceCall): TrailSettings {
  return {
    name: args.text("name"),
    region,
    bucketName: args.text("s3_bucket_name"),
    keyPrefix: args.optionalText("s3_key_prefix"),
    kmsKeyId: args.optionalText("kms_key_id"),
    organization: args.flag("is_organization_trail"),
  };
}
