import { hexOf } from "../aws/generated-id";
import { AwsError } from "../aws/aws-error";
import type { ResourceType } from "./resource-type";

/** `aws_sns_topic_subscription`: refused without its topic, where that is the account's own. The ID is the ARN. */
export const snsTopicSubscription: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["topic_arn", "protocol", "endpoint"],
  importable: false,
  create({ account, region, arguments: args, origin }) {
    const topicArn = args.text("topic_arn");
    const isOwn = topicArn.split(":")[4] === account.id;
    if (isOwn && account.resources.tryGet(topicArn) === undefined) {
      throw new AwsError("NotFound", "Topic does not exist");
    }
    const name = hexOf(`${topicArn} ${args.text("protocol")} ${args.text("endpoint")}`, 32);
    const arn = `${topicArn}:${name}`;
    account.resources.put({ type: "aws_sns_topic_subscription", name, arn, region, origin });
    return arn;
  },
  read: ({ account }, id) => account.resources.tryGet(id) && { id, arn: id },
  update: (_update, id) => id,
  delete({ account }, id) {
    account.resources.delete(id);
  },
};
