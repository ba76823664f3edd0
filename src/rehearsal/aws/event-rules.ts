import type { Origin } from "../../estate/estate";
import { AwsError } from "./aws-error";
import { namedResource } from "./named-resources";
import type { SimulatedAccount } from "./simulated-account";
import type { SimulatedResource } from "./simulated-resources";

/** EventBridge User Guide, "Amazon EventBridge quotas". */
const EVENT_PATTERN_SIZE = 2_048;

/** As above; AWS does not raise it for a new account without a reason. */
const TARGETS_PER_RULE = 5;

/** A rule by its bus. */
export interface RuleName {
  readonly region: string;
  /** `default` where none is named. */
  readonly bus: string;
  readonly name: string;
}

/** A target of a rule. */
export interface TargetName {
  readonly rule: RuleName;
  readonly targetId: string;
}

/** The ARN of a rule; that of the default bus does not name it. */
export function ruleArn(account: SimulatedAccount, { region, bus, name }: RuleName): string {
  const ofBus = bus === "default" ? "" : `${bus}/`;
  return account.regionalArn("events", region, `rule/${ofBus}${name}`);
}

/** PutRule: makes the rule or changes it. Refused without its bus, and for a pattern that is too long. */
export function putRule(
  account: SimulatedAccount,
  rule: RuleName,
  pattern: string | undefined,
  origin: Origin,
): void {
  namedResource(account, "aws_cloudwatch_event_bus", rule.region, rule.bus);
  if (pattern !== undefined && pattern.length > EVENT_PATTERN_SIZE) {
    throw new AwsError(
      "InvalidEventPatternException",
      "Event pattern is not valid. Reason: Event pattern is too long",
      `It has ${pattern.length} characters; a rule takes ${EVENT_PATTERN_SIZE}.`,
    );
  }
  const { region, name } = rule;
  const arn = ruleArn(account, rule);
  account.resources.put({ type: "aws_cloudwatch_event_rule", name, arn, region, origin });
}

/** DeleteRule: refused while it has targets. */
export function deleteRule(account: SimulatedAccount, rule: RuleName): void {
  if (targetsOf(account, rule).length > 0) {
    throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
  }
  account.resources.delete(ruleArn(account, rule));
}

/**
 * PutTargets: refused without the rule, for a sixth target, and for an event bus of another account without a
 * role that puts events there.
 */
export function putTarget(
  account: SimulatedAccount,
  { rule, targetId }: TargetName,
  target: { readonly arn: string; readonly roleArn?: string },
  origin: Origin,
): void {
  if (account.resources.tryGet(ruleArn(account, rule)) === undefined) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Rule ${rule.name} does not exist on EventBus ${rule.bus}.`,
    );
  }
  const isBus = target.arn.includes(":event-bus/");
  if (isBus && target.arn.split(":")[4] !== account.id && target.roleArn === undefined) {
    throw new AwsError(
      "ValidationException",
      `RoleArn is required for target ${target.arn}.`,
      "Events go to another account as a role of this one.",
    );
  }
  const arn = targetKey(account, { rule, targetId });
  const others = targetsOf(account, rule).filter((other) => other.arn !== arn);
  if (others.length >= TARGETS_PER_RULE) {
    throw new AwsError(
      "LimitExceededException",
      "The requested resource exceeds the maximum number allowed.",
      `A rule takes ${TARGETS_PER_RULE} targets.`,
    );
  }
  const { region } = rule;
  account.resources.put({ type: TARGET, name: targetId, arn, region, origin });
}

/** Under which name a target is kept: it has no ARN of its own. */
export function targetKey(account: SimulatedAccount, { rule, targetId }: TargetName): string {
  return `${ruleArn(account, rule)} target ${targetId}`;
}

const TARGET = "aws_cloudwatch_event_target";

function targetsOf(account: SimulatedAccount, rule: RuleName): readonly SimulatedResource[] {
  const key = targetKey(account, { rule, targetId: "" });
  return account.resources
    .values()
    .filter(({ type, arn }) => type === TARGET && arn.startsWith(key));
}
