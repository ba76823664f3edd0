import type { SimulatedAccount } from "../aws/simulated-account";
import { hexOf } from "../aws/generated-id";
import type { Attributes } from "../value";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceType } from "./resource-type";

/** How a setting of an account in a region is called. */
interface SettingRules {
  /** As Terraform calls it. */
  readonly type: string;
  readonly service: string;
  readonly replacedBy: readonly string[];
  /** The last part of the ARN. */
  name(args: ResourceArguments, account: SimulatedAccount): string;
  /** The provider's ID. */
  id(args: ResourceArguments, account: SimulatedAccount): string;
  attributes(account: SimulatedAccount): Attributes;
}

/** Something of a region of an account that nothing here asks about: it is there, or not. */
function regionalSetting(rules: SettingRules): ResourceType {
  const arnOf = (account: SimulatedAccount, region: string, args: ResourceArguments): string =>
    account.regionalArn(rules.service, region, rules.name(args, account));
  return {
    regional: true,
    defaults: {},
    replacedBy: rules.replacedBy,
    importable: false,
    create({ account, region, arguments: args, origin }) {
      const arn = arnOf(account, region, args);
      const name = rules.name(args, account);
      account.resources.put({ type: rules.type, name, arn, region, origin });
      return rules.id(args, account);
    },
    read: ({ account, region }, id, known) => {
      const found = account.resources.tryGet(arnOf(account, region, known));
      return found && { id, arn: found.arn, ...rules.attributes(account) };
    },
    update: (_update, id) => id,
    delete({ account, region, arguments: args }) {
      account.resources.delete(arnOf(account, region, args));
    },
  };
}

/** `aws_config_configuration_aggregator`. The ID is the name. */
export const configAggregator = regionalSetting({
  type: "aws_config_configuration_aggregator",
  service: "config",
  replacedBy: ["name"],
  name: (args) => `config-aggregator/${args.text("name")}`,
  id: (args) => args.text("name"),
  attributes: () => ({}),
});

/** `aws_config_aggregate_authorization`. The ID is `ACCOUNT:REGION` of who may aggregate. */
export const configAggregateAuthorization = regionalSetting({
  type: "aws_config_aggregate_authorization",
  service: "config",
  replacedBy: ["account_id", "authorized_aws_region"],
  name: (args) => `aggregation-authorization/${aggregatorOf(args, "/")}`,
  id: (args) => aggregatorOf(args, ":"),
  attributes: () => ({}),
});

/** `aws_ecr_replication_configuration`: one per registry and region. The ID is the registry's. */
export const ecrReplication = regionalSetting({
  type: "aws_ecr_replication_configuration",
  service: "ecr",
  replacedBy: [],
  name: () => "replication-configuration",
  id: (_args, { id }) => id,
  attributes: ({ id }) => ({ registry_id: id }),
});

/** `aws_cloudwatch_log_group`. The ID is the name. */
export const logGroup = regionalSetting({
  type: "aws_cloudwatch_log_group",
  service: "logs",
  replacedBy: ["name", "name_prefix"],
  name: (args) => `log-group:${args.text("name")}`,
  id: (args) => args.text("name"),
  attributes: () => ({}),
});

/** `aws_cloudwatch_event_api_destination`. The ID is the name, after which AWS adds one of its own to the ARN. */
export const apiDestination = regionalSetting({
  type: "aws_cloudwatch_event_api_destination",
  service: "events",
  replacedBy: ["name"],
  name: (args) => `api-destination/${args.text("name")}/${hexOf(args.text("name"), 32)}`,
  id: (args) => args.text("name"),
  attributes: () => ({}),
});

function aggregatorOf(args: ResourceArguments, separator: string): string {
  const region = args.optionalText("authorized_aws_region") ?? args.text("region");
  return `${args.text("account_id")}${separator}${region}`;
}
