import type { NotifiedRole, RoleUseSource } from "./notifications";

/**
 * Characters of a rule's event pattern (EventBridge User Guide, "Amazon EventBridge quotas"): 2,048 by
 * default, raised on request.
 */
export const EVENT_PATTERN_SIZE = 2_048;

/**
 * Rules of an event bus in a Region: 300 by default, but 100 in some Regions (EventBridge User Guide,
 * "Amazon EventBridge quotas").
 */
export const RULES_PER_BUS = 100;

/** How CloudTrail records that a role's credentials were given to somebody. */
export const USE_SOURCES = ["aws.sts", "aws.signin"] as const;

/** What an event must have: field to the values that it may have, or to patterns of them. */
export interface EventPattern {
  readonly [field: string]: EventPattern | readonly FieldPattern[];
}

/** A value of a field: the text itself, how it begins, or what it is not. */
export type FieldPattern =
  string | { readonly prefix: string } | { readonly "anything-but": string };

/** A rule of an account in each Region: its name, and what it matches. */
export interface RoleUseRule {
  readonly name: string;
  readonly pattern: EventPattern;
}

/**
 * The rules that match every use of an account's notified roles: by AssumeRole, AssumeRoleWithSAML and
 * AssumeRoleWithWebIdentity, whoever calls but AWS services; and by switching to it in the console, whose
 * sign-in event alone has the person's address. As few rules as their patterns allow.
 */
export function roleUseRules({
  partition,
  accountId,
  roles,
}: RoleUseSource): readonly RoleUseRule[] {
  const sorted = [...roles].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const assumed = (some: readonly NotifiedRole[]): EventPattern => ({
    account: [accountId],
    ...assumePattern(some.map(({ arn }) => arn)),
  });
  const switched = (some: readonly NotifiedRole[]): EventPattern => ({
    account: [accountId],
    ...switchPattern(
      some.map(({ name }) => `arn:${partition}:sts::${accountId}:assumed-role/${name}/`),
    ),
  });
  return [
    ...numbered("crosstrust-role-assumed", fitting(sorted, assumed)),
    ...numbered("crosstrust-role-switched", fitting(sorted, switched)),
  ];
}

/** What the bus passes on to the notifier: the events of the rules above. */
export function notifierPattern(): EventPattern {
  return { source: [...USE_SOURCES] };
}

function assumePattern(roleArns: readonly string[]): EventPattern {
  return {
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
      userIdentity: { type: [{ "anything-but": "AWSService" }] },
      requestParameters: { roleArn: roleArns },
    },
  };
}

function switchPattern(prefixes: readonly string[]): EventPattern {
  return {
    source: ["aws.signin"],
    "detail-type": ["AWS Console Sign In via CloudTrail"],
    detail: {
      eventSource: ["signin.amazonaws.com"],
      eventName: ["SwitchRole"],
      userIdentity: { arn: prefixes.map((prefix) => ({ prefix })) },
    },
  };
}

/** Patterns for all of these roles, each within its size; one role always fits. */
function fitting(
  roles: readonly NotifiedRole[],
  render: (roles: readonly NotifiedRole[]) => EventPattern,
): readonly EventPattern[] {
  const parts: NotifiedRole[][] = [];
  for (const role of roles) {
    const last = parts.at(-1);
    if (
      last !== undefined &&
      JSON.stringify(render([...last, role])).length <= EVENT_PATTERN_SIZE
    ) {
      last.push(role);
    } else parts.push([role]);
  }
  return parts.map(render);
}

function numbered(name: string, patterns: readonly EventPattern[]): readonly RoleUseRule[] {
  return patterns.map((pattern, index) => ({ name: `${name}-${index + 1}`, pattern }));
}
