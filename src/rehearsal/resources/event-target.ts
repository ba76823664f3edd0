import { putTarget, targetKey, type TargetName } from "../aws/event-rules";
import { hexOf } from "../aws/generated-id";
import { busOf } from "./event-rule";
import type { ResourceArguments } from "./resource-arguments";
import type { ResourceCall, ResourceType } from "./resource-type";

/** `aws_cloudwatch_event_target`: another rule or ID makes another one. The ID is made of both. */
export const eventTarget: ResourceType = {
  regional: true,
  defaults: {},
  replacedBy: ["rule", "event_bus_name", "target_id"],
  importable: false,
  create: put,
  read: ({ account, region }, id, known) => {
    const target = targetOf(region, known);
    const found = account.resources.tryGet(targetKey(account, target));
    return found && { id, target_id: target.targetId };
  },
  update: put,
  delete({ account, region, arguments: args }) {
    account.resources.delete(targetKey(account, targetOf(region, args)));
  },
};

function put({ account, region, arguments: args, origin }: ResourceCall): string {
  const target = targetOf(region, args);
  const arn = args.text("arn");
  putTarget(account, target, { arn, roleArn: args.optionalText("role_arn") }, origin);
  const { bus, name } = target.rule;
  return [...(bus === "default" ? [] : [bus]), name, target.targetId].join("-");
}

/** The provider makes an ID where none is written. */
function targetOf(region: string, args: ResourceArguments): TargetName {
  const rule = { region, bus: busOf(args), name: args.text("rule") };
  const targetId =
    args.optionalText("target_id") ?? `terraform-${hexOf(`target/${args.address}`, 26)}`;
  return { rule, targetId };
}
