import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { AwsError } from "./aws-error";
import { takeResourcePolicy } from "./resource-policy";
import type { SharedType } from "../../sharing/shared-resource";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedResource } from "./simulated-resources";

/** Resource types whose ARN follows from the name, and which carry a policy. */
export type NamedType =
  "aws_ecr_repository" | "aws_sns_topic" | "aws_sqs_queue" | "aws_cloudwatch_event_bus";

/** What a service says of its named resources. */
interface NamedRules {
  readonly shared: SharedType;
  /** As ARNs call it. */
  readonly service: string;
  /** What stands before the name in the ARN. */
  readonly prefix: string;
  missing(name: string, account: SimulatedAccount): AwsError;
  /** Undefined: making what is there already gives what is there. */
  taken?(name: string, account: SimulatedAccount): AwsError;
}

const RULES: Readonly<Record<NamedType, NamedRules>> = {
  aws_ecr_repository: {
    shared: "ecr-repository",
    service: "ecr",
    prefix: "repository/",
    missing: (name, { id }) =>
      new AwsError(
        "RepositoryNotFoundException",
        `The repository with name '${name}' does not exist in the registry with id '${id}'`,
      ),
    taken: (name, { id }) =>
      new AwsError(
        "RepositoryAlreadyExistsException",
        `The repository with name '${name}' already exists in the registry with id '${id}'`,
      ),
  },
  aws_sns_topic: {
    shared: "sns-topic",
    service: "sns",
    prefix: "",
    missing: () => new AwsError("NotFound", "Topic does not exist"),
  },
  aws_sqs_queue: {
    shared: "sqs-queue",
    service: "sqs",
    prefix: "",
    missing: () =>
      new AwsError(
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.",
      ),
  },
  aws_cloudwatch_event_bus: {
    shared: "event-bus",
    service: "events",
    prefix: "event-bus/",
    missing: (name) =>
      new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`),
    taken: (name) =>
      new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`),
  },
};

/** The ARN of a named resource. */
export function namedArn(
  account: SimulatedAccount,
  type: NamedType,
  region: string,
  name: string,
): string {
  const { service, prefix } = RULES[type];
  return account.regionalArn(service, region, `${prefix}${name}`);
}

/** Makes a named resource; refused for a name that is taken, where the service refuses it. */
export function createNamed(
  account: SimulatedAccount,
  type: NamedType,
  input: { readonly name: string; readonly region: string; readonly origin: Origin },
): SimulatedResource {
  const arn = namedArn(account, type, input.region, input.name);
  const present = account.resources.tryGet(arn);
  const taken = present === undefined ? undefined : RULES[type].taken?.(input.name, account);
  if (taken !== undefined) throw taken;
  const resource: SimulatedResource = { ...present, type, arn, ...input };
  account.resources.put(resource);
  return resource;
}

/** The resource of that name; a region's default event bus is there unasked. */
export function namedResource(
  account: SimulatedAccount,
  type: NamedType,
  region: string,
  name: string,
): SimulatedResource {
  const arn = namedArn(account, type, region, name);
  const found = account.resources.tryGet(arn);
  if (found !== undefined) return found;
  if (type !== "aws_cloudwatch_event_bus" || name !== "default") {
    throw RULES[type].missing(name, account);
  }
  const origin = { stack: "(outside of the stacks)", address: arn };
  return { type, name, arn, region, origin };
}

/** Sets the policy of a named resource; undefined takes it away. */
export function putNamedPolicy(
  account: SimulatedAccount,
  type: NamedType,
  resource: SimulatedResource,
  text: ResolvedText | undefined,
): void {
  const policy =
    text === undefined
      ? undefined
      : takeResourcePolicy(account, RULES[type].shared, text, resource.arn);
  account.resources.put({ ...resource, policy });
}
