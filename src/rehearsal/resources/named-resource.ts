import {
  createNamed,
  namedArn,
  namedResource,
  putNamedPolicy,
  type NamedType,
} from "../aws/named-resources";
import type { SimulatedAccount } from "../aws/simulated-account";
import type { SimulatedResource } from "../aws/simulated-resources";
import type { Attributes } from "../value";
import { generatedName } from "./generated-name";
import { shownPolicyText } from "./policy-argument";
import type { ResourcePlace, ResourceType } from "./resource-type";

/**
 * `aws_ecr_repository`, `aws_sns_topic`, `aws_sqs_queue`, `aws_cloudwatch_event_bus`: another name
 * makes another one, all else changes in place and is compared with the state alone.
 */
export function namedResourceType(type: NamedType): ResourceType {
  const arnOfId = ({ account, region }: ResourcePlace, id: string): string =>
    id.startsWith("arn:") ? id : namedArn(account, type, region, id.slice(id.lastIndexOf("/") + 1));
  // A repository's name may have slashes; a queue's URL ends with its name.
  const arnOf = (place: ResourcePlace, id: string): string =>
    type === "aws_ecr_repository"
      ? namedArn(place.account, type, place.region, id)
      : arnOfId(place, id);
  return {
    regional: true,
    defaults: {},
    replacedBy: ["name", "name_prefix"],
    policies: ["policy"],
    importable: true,
    create(call) {
      const { account, region, arguments: args, origin } = call;
      const resource = createNamed(account, type, {
        name: generatedName(call, "name"),
        region,
        origin,
      });
      const policy = args.optionalPolicy("policy");
      if (policy !== undefined) putNamedPolicy(account, type, resource, policy);
      return idOf(type, account, resource);
    },
    read: (place, id) => {
      const { account } = place;
      const resource = account.resources.tryGet(arnOf(place, id));
      if (resource === undefined) return undefined;
      const { name, arn, policy } = resource;
      return {
        id,
        name,
        arn,
        ...OWN_ATTRIBUTES[type](account, resource),
        ...(HAS_POLICY.has(type) && {
          policy: policy === undefined ? "" : shownPolicyText(account, policy),
        }),
      };
    },
    update(update, id) {
      const { account, region, arguments: args, changed } = update;
      if (changed.has("policy")) {
        const resource = namedResource(account, type, region, args.text("name"));
        putNamedPolicy(account, type, resource, args.optionalPolicy("policy"));
      }
      return id;
    },
    delete(call, id) {
      call.account.resources.delete(arnOf(call, id));
    },
  };
}

/** The policies of these may also stand at the resource itself. */
const HAS_POLICY: ReadonlySet<NamedType> = new Set<NamedType>(["aws_sns_topic", "aws_sqs_queue"]);

/** The provider's ID: a topic's ARN, a queue's URL, else the name. */
function idOf(type: NamedType, account: SimulatedAccount, resource: SimulatedResource): string {
  if (type === "aws_sns_topic") return resource.arn;
  return type === "aws_sqs_queue" ? queueUrl(account, resource) : resource.name;
}

type AttributesOf = (account: SimulatedAccount, resource: SimulatedResource) => Attributes;

const OWN_ATTRIBUTES: Readonly<Record<NamedType, AttributesOf>> = {
  aws_ecr_repository: (account, { region, name }) => ({
    registry_id: account.id,
    repository_url: `${account.id}.dkr.ecr.${region}.${domainOf(account)}/${name}`,
  }),
  aws_sns_topic: ({ id }) => ({ owner: id }),
  aws_sqs_queue: (account, resource) => ({ url: queueUrl(account, resource) }),
  aws_cloudwatch_event_bus: () => ({}),
};

function queueUrl(account: SimulatedAccount, { region, name }: SimulatedResource): string {
  return `https://sqs.${region}.${domainOf(account)}/${account.id}/${name}`;
}

function domainOf({ partition }: SimulatedAccount): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
