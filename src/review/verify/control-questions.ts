import { roleArn } from "../../iam/arn";
import { commonText } from "../../iam/evaluation/common-text";
import type { ControlPolicyKind } from "../../iam/full-access-policies";
import { matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type Statement } from "../../iam/policy-document";
import { ADMINISTERS, BREAKS_A_ROLE, MAKES_A_WAY_IN } from "../../only-path/denied-actions";
import {
  identityCenterRoles,
  wholeAccount,
  type GuardedAccount,
} from "../../only-path/guarded-account";
import { namesAccounts } from "../../only-path/outside-policy";
import type { Caller } from "../../iam/evaluation/request";
import { filled } from "../filled-pattern";

/** Something that the only way into an account keeps from all but some. */
export interface ControlQuestion {
  readonly action: string;
  /** The resource; `*` for everything. */
  readonly arn: string;
  /** The resource, for people; empty for everything. */
  readonly on: string;
  /** Patterns of the ARNs of those who may. */
  readonly letsThrough: readonly string[];
  /** Whether those who may must be able to: the account is administered by it, or used. */
  readonly isNeeded: boolean;
}

/** Whether the only way in lets somebody through; AWS services always. */
export function isMeant({ letsThrough }: ControlQuestion, { kind, arn }: Caller): boolean {
  return kind === "service" || isOneOf(letsThrough, arn);
}

/**
 * What is asked of the control policies of one kind, by what accounts.json says of the account; and of
 * what their statements except or name besides, since they may treat that in another way.
 */
export function controlQuestions(
  kind: ControlPolicyKind,
  guarded: GuardedAccount,
  statements: readonly Statement[],
): readonly ControlQuestion[] {
  return kind === "service"
    ? insideQuestions(guarded, statements)
    : outsideQuestions(guarded, statements);
}

/** A resource, and what people call it. */
interface Resource {
  readonly arn: string;
  readonly on: string;
}

const EVERYTHING: Resource = { arn: "*", on: "" };

/** Of whoever is inside. */
function insideQuestions(
  guarded: GuardedAccount,
  statements: readonly Statement[],
): readonly ControlQuestion[] {
  const { administrators, deployers } = guarded;
  const letsThrough = [...administrators, identityCenterRoles(guarded)];
  const common = { letsThrough, isNeeded: true };
  const excepted = statements
    .flatMap(({ NotResource }) => asArray(NotResource))
    .map((pattern): Resource => ({ arn: filled(pattern), on: pattern }));
  return [
    ...[EVERYTHING, ...excepted].flatMap((resource) =>
      MAKES_A_WAY_IN.map((action) => ({
        ...{ ...common, ...resource, action },
        isNeeded: resource === EVERYTHING && ADMINISTERS.has(action),
      })),
    ),
    ...administrators.flatMap((arn) => [
      ...BREAKS_A_ROLE.map((action) => ({ ...common, action, arn, on: arn })),
      {
        ...{ ...common, arn, on: arn },
        action: "sts:AssumeRole",
        letsThrough: [...letsThrough, ...deployers],
      },
    ]),
  ];
}

/** Of whoever is outside, at a role that stands for all others of the account and at those that are named. */
function outsideQuestions(
  guarded: GuardedAccount,
  statements: readonly Statement[],
): readonly ControlQuestion[] {
  const { partition, accountId, declared, administrators, existingDeployers, tokenRoles } = guarded;
  const identityCenter = identityCenterRoles(guarded);
  const open = [...administrators, ...existingDeployers, identityCenter];
  const outsiders = namesAccounts(guarded) ? declared.map(wholeAccount) : declared;
  const letsThrough = [`arn:${partition}:iam::${accountId}:*`, ...outsiders];
  const ofAccount = (name: string): string => roleArn(partition, accountId, "/", name);
  const known: readonly Resource[] = [
    { arn: ofAccount("crosstrust-any"), on: "other roles of the account" },
    ...[...administrators, ...existingDeployers, ...tokenRoles].map((arn) => ({ arn, on: arn })),
    { arn: filled(identityCenter), on: "roles of Identity Center" },
  ];
  const named = statements
    .flatMap(({ Resource, NotResource }) => [...asArray(Resource), ...asArray(NotResource)])
    .flatMap((pattern): readonly Resource[] => {
      const arn = commonText(withoutVariables(pattern), ofAccount("?*"), "x");
      return arn === undefined || known.some((one) => one.on === pattern)
        ? []
        : [{ arn, on: pattern }];
    });
  return [...known, ...named].flatMap(({ arn, on }) => {
    const everyone = isOneOf(open, arn) ? ["*"] : [];
    const byToken = [...everyone, ...(tokenRoles.includes(arn) ? ["*"] : [])];
    const isNeeded = known.some((one) => one.arn === arn);
    return [
      { action: "sts:AssumeRole", letsThrough: [...letsThrough, ...everyone] },
      { action: "sts:AssumeRoleWithWebIdentity", letsThrough: byToken },
      { action: "sts:AssumeRoleWithSAML", letsThrough: everyone },
    ].map((question) => ({ ...question, arn, on, isNeeded }));
  });
}

/** Variables of a policy as the wildcards that they are to whoever chooses the request. */
export function withoutVariables(pattern: string): string {
  return pattern.replace(/\$\{[^}]*\}/g, "*");
}

function isOneOf(patterns: readonly string[], arn: string): boolean {
  return patterns.some((pattern) => matchesPattern(parsePattern(pattern), arn));
}
