import type { Estate, EstateResource, Identity, KeyGrant, Origin } from "../../estate/estate";
import { mayAssume, mayDo, type Question } from "../../estate/question";
import { JUDGED_ACTIONS } from "../../iam/judged-actions";
import type { TargetResource } from "../../iam/evaluation/request";
import { hasWildcard, matchesPattern, parsePattern } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type PolicyDocument, type Statement } from "../../iam/policy-document";
import type { PolicyAtom } from "./policy-atoms";
import { filled } from "../filled-pattern";

/** A role or a resource as one of the estates has it. */
export type Target = Identity | EstateResource;

/** A role or a resource with a policy, on both sides; at least one of them has it. */
export interface TargetPair {
  readonly arn: string;
  readonly before?: Target;
  readonly after?: Target;
  /** As it is, or was where it is gone. */
  readonly target: Target;
}

/** Every role and resource of two estates. */
export function targetPairs(before: Estate, after: Estate): readonly TargetPair[] {
  const targets = (estate: Estate): ReadonlyMap<string, Target> =>
    new Map<string, Target>([
      ...[...estate.identities].filter(([, { kind }]) => kind === "role"),
      ...estate.resources,
    ]);
  const [was, is] = [targets(before), targets(after)];
  return [...new Map([...was, ...is])].map(([arn, target]) => ({
    arn,
    before: was.get(arn),
    after: is.get(arn),
    target,
  }));
}

export function isRole(target: Target): target is Identity {
  return "kind" in target;
}

/** The policy that says who gets in; undefined where there is none, or no such target. */
export function policyOf(target: Target | undefined): PolicyDocument | "unknown" | undefined {
  if (target === undefined) return undefined;
  return isRole(target) ? (target.trustPolicy ?? "unknown") : target.policy;
}

/** Where the policy stands. */
export function originsOf({ target }: TargetPair): readonly Origin[] {
  return isRole(target) ? [target.origin] : (target.policyOrigins ?? [target.origin]);
}

/** A question, with the names under which people are told of it. */
export interface Asked {
  readonly question: Question;
  /** As the policy has it: `s3:Get*`. @default - a role is to be assumed */
  readonly action?: string;
  /** The same of the role or resource: `arn:aws:s3:::data/*`. */
  readonly arn: string;
  /** Of a key, what differs. @default - a policy */
  readonly grant?: KeyGrant;
}

/**
 * What to ask about a target whose policies differ by these atoms: of a role who may assume it; of a
 * resource each action and each thing in it that an atom names or, by a pattern, stands for, and what
 * other statements single out among these.
 */
export function questionsOf(pair: TargetPair, atoms: readonly PolicyAtom[]): readonly Asked[] {
  const { target } = pair;
  if (isRole(target)) return [{ question: mayAssume(target), arn: target.arn }];
  const singled = singledOut(pair);
  const questions = new Map<string, Asked>();
  for (const { statement } of atoms) {
    const actions = [
      ...actionsOf(statement, serviceOf(target)),
      ...within(singled.actions, asArray(statement.Action), (text) => text.toLowerCase()),
    ];
    const arns = [
      ...arnsOf(statement, target),
      ...within(singled.arns, asArray(statement.Resource), (text) => text),
    ];
    for (const action of actions) {
      for (const arn of arns) {
        const [one, at] = [filled(action), filled(arn)];
        const key = `${one.toLowerCase()} ${at}`;
        if (questions.has(key)) continue;
        questions.set(key, { question: mayDo(one, targetResource(target, at)), action, arn });
      }
    }
  }
  return [...questions.values()];
}

function actionsOf({ Action, NotAction }: Statement, service: string): readonly string[] {
  if (Action !== undefined) return asArray(Action).flatMap((one) => actionsLike(one, service));
  const excepted = asArray(NotAction);
  return actionsLike(`${service}:*`, service).filter((action) => !excepted.includes(action));
}

function arnsOf({ Resource, NotResource }: Statement, target: EstateResource): readonly string[] {
  return Resource === undefined
    ? [target.arn, ...asArray(NotResource)]
    : asArray(Resource).map((text) => arnLike(text, target));
}

/** What the statements of both sides name or except, each once. */
function singledOut({ before, after }: TargetPair): {
  readonly actions: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
} {
  const statements = [before, after]
    .map(policyOf)
    .flatMap((policy) => (typeof policy === "object" ? asArray(policy.Statement) : []));
  return {
    actions: new Set(
      statements.flatMap(({ Action, NotAction }) => [...asArray(Action), ...asArray(NotAction)]),
    ),
    arns: new Set(
      statements.flatMap(({ Resource, NotResource }) => [
        ...asArray(Resource),
        ...asArray(NotResource),
      ]),
    ),
  };
}

/** Those that lie within some of the patterns, and are not among them. */
function within(
  texts: ReadonlySet<string>,
  patterns: readonly string[],
  fold: (text: string) => string,
): readonly string[] {
  const matchers = patterns.filter(hasWildcard).map((pattern) => parsePattern(fold(pattern)));
  return [...texts].filter(
    (text) =>
      !patterns.includes(text) &&
      matchers.some((matcher) => matchesPattern(matcher, fold(filled(text)))),
  );
}

/** A target as requests name it. */
export function targetResource(target: Target, arn = target.arn): TargetResource {
  return { arn, accountId: target.accountId, policy: policyOf(target) };
}

/** The actions that a pattern stands for: those of the resource's service that are usually asked about. */
function actionsLike(pattern: string, service: string): readonly string[] {
  if (!hasWildcard(pattern)) return [pattern];
  const matcher = parsePattern(pattern.toLowerCase());
  const known = JUDGED_ACTIONS.filter(
    (action) => action.startsWith(`${service}:`) && matchesPattern(matcher, action.toLowerCase()),
  );
  return known.length > 0 ? known : [pattern];
}

function serviceOf({ arn }: EstateResource): string {
  return arn.split(":")[2];
}

/** What a resource element covers: the resource itself, where it does. */
function arnLike(text: string, { arn }: EstateResource): string {
  return matchesPattern(parsePattern(text), arn) ? arn : text;
}
