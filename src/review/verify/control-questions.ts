import { roleArn } from "../../iam/arn";
import type { ControlPolicyKind } from "../../iam/full-access-policies";
import { matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { BREAKS_A_ROLE, MAKES_A_WAY_IN } from "../../only-path/denied-actions";
import {
  identityCenterRoles,
  wholeAccount,
  type GuardedAccount,
} from "../../only-path/guarded-account";
import { filled } from "../filled-pattern";
import { namesAccounts } from "../../only-path/outside-policy";
import type { Caller } from "../../iam/evaluation/request";

/** Something that the only way into an account keeps from all but some. */
export interface ControlQuestion {
  readonly action: string;
  /** The resource; `*` for everything. */
  readonly arn: string;
  /** Patterns of the ARNs of those who may. */
  readonly letsThrough: readonly string[];
  /** Whether AWS services may. */
  readonly letsServicesThrough: boolean;
}

/** Whether the only way in lets somebody through. */
export function isMeant(
  { letsThrough, letsServicesThrough }: ControlQuestion,
  { kind, arn }: Caller,
): boolean {
  return kind === "service" ? letsServicesThrough : isOneOf(letsThrough, arn);
}

/**
 * What is asked of the control policies of one kind, by what accounts.json says of the account. `named`:
 * further roles of it, whom the policies may treat in another way.
 */
export function controlQuestions(
  kind: ControlPolicyKind,
  guarded: GuardedAccount,
  named: readonly string[],
): readonly ControlQuestion[] {
  return kind === "service" ? insideQuestions(guarded) : outsideQuestions(guarded, named);
}

/** Of whoever is inside. */
function insideQuestions(guarded: GuardedAccount): readonly ControlQuestion[] {
  const { administrators, deployers } = guarded;
  const letsThrough = [...administrators, identityCenterRoles(guarded)];
  const common = { letsThrough, letsServicesThrough: true };
  return [
    ...MAKES_A_WAY_IN.map((action) => ({ ...common, action, arn: "*" })),
    ...administrators.flatMap((arn) => [
      ...BREAKS_A_ROLE.map((action) => ({ ...common, action, arn })),
      { ...common, action: "sts:AssumeRole", arn, letsThrough: [...letsThrough, ...deployers] },
    ]),
  ];
}

/** Of whoever is outside, at a role that stands for all others of the account and at those that are named. */
function outsideQuestions(
  guarded: GuardedAccount,
  named: readonly string[],
): readonly ControlQuestion[] {
  const { partition, accountId, declared, administrators, existingDeployers, tokenRoles } = guarded;
  const open = [...administrators, ...existingDeployers, identityCenterRoles(guarded)];
  const outsiders = namesAccounts(guarded) ? declared.map(wholeAccount) : declared;
  const letsThrough = [`arn:${partition}:iam::${accountId}:*`, ...outsiders];
  const any = roleArn(partition, accountId, "/", "any");
  const roles = new Set([any, ...[...open, ...tokenRoles].map(filled), ...named]);
  return [...roles].flatMap((arn) => {
    const everyone = isOneOf(open, arn) ? ["*"] : [];
    const byToken = [...everyone, ...(tokenRoles.includes(arn) ? ["*"] : [])];
    return [
      { action: "sts:AssumeRole", arn, letsThrough: [...letsThrough, ...everyone] },
      { action: "sts:AssumeRoleWithWebIdentity", arn, letsThrough: byToken },
      { action: "sts:AssumeRoleWithSAML", arn, letsThrough: everyone },
    ].map((question) => ({ ...question, letsServicesThrough: true }));
  });
}

function isOneOf(patterns: readonly string[], arn: string): boolean {
  return patterns.some((pattern) => matchesPattern(parsePattern(pattern), arn));
}
