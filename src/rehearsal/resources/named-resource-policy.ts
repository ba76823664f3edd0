import { namedArn, namedResource, putNamedPolicy, type NamedType } from "../aws/named-resources";
import { shownPolicyText } from "./policy-argument";
import type { ResourceCall, ResourceType } from "./resource-type";

/**
 * The one policy of a named resource: `aws_ecr_repository_policy`, `aws_sns_topic_policy`,
 * `aws_sqs_queue_policy`, `aws_cloudwatch_event_bus_policy`. `argument` names the resource: by its
 * name, ARN or URL, which is the ID too.
 */
export function namedResourcePolicy(type: NamedType, argument: string): ResourceType {
  const nameOf = (named: string): string => {
    if (type === "aws_ecr_repository") return named;
    return type === "aws_cloudwatch_event_bus"
      ? named.replace(/^arn:.*:event-bus\//, "")
      : named.slice(Math.max(named.lastIndexOf("/"), named.lastIndexOf(":")) + 1);
  };
  const put = ({ account, region, arguments: args }: ResourceCall): string => {
    const named = args.optionalText(argument) ?? "default";
    const resource = namedResource(account, type, region, nameOf(named));
    putNamedPolicy(account, type, resource, args.policy("policy"));
    return named;
  };
  return {
    regional: true,
    defaults: {},
    replacedBy: [argument],
    policies: ["policy"],
    importable: true,
    create: put,
    read: ({ account, region }, id) => {
      const policy = account.resources.tryGet(namedArn(account, type, region, nameOf(id)))?.policy;
      return policy === undefined
        ? undefined
        : { id, [argument]: id, policy: shownPolicyText(account, policy) };
    },
    update: put,
    delete({ account, region }, id) {
      const resource = account.resources.tryGet(namedArn(account, type, region, nameOf(id)));
      if (resource !== undefined) putNamedPolicy(account, type, resource, undefined);
    },
  };
}
