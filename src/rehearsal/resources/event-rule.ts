import { deleteRule, putRule, ruleArn, type RuleName } from "../aws/event-rules";
import { generatedName } from "./generated-name";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceType } from "./resource-type";

/** `aws_cloudwatch_event_rule`. The ID is the name; on a bus of one's own, with the bus before it. */
export const eventRule: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["name", "name_prefix", "event_bus_name"],
  importable: true,
  create(call) {
    const { account, region, arguments: args, origin } = call;
    const rule = { region, bus: busOf(args), name: generatedName(call, "name") };
    putRule(account, rule, args.optionalText("event_pattern"), origin);
    return rule.bus === "default" ? rule.name : `${rule.bus}/${rule.name}`;
  },
  read: ({ account, region }, id) => {
    const rule = ruleOfId(region, id);
    const found = account.resources.tryGet(ruleArn(account, rule));
    return found && { id, name: rule.name, arn: found.arn };
  },
  update({ account, region, arguments: args, origin }, id) {
    putRule(account, ruleOfId(region, id), args.optionalText("event_pattern"), origin);
    return id;
  },
  delete({ account, region }, id) {
    deleteRule(account, ruleOfId(region, id));
  },
};

/** The bus that a rule or a target is of: by its name or ARN. */
export function busOf(args: ResourceArguments): string {
  return (args.optionalText("event_bus_name") ?? "default").replace(/^arn:.*:event-bus\//, "");
}

function ruleOfId(region: string, id: string): RuleName {
  const slash = id.lastIndexOf("/");
  return {
    region,
    bus: slash < 0 ? "default" : id.slice(0, slash),
    name: id.slice(slash + 1),
  };
}
