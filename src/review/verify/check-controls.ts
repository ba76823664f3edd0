import { distinguishingContexts } from "../../estate/distinguishing-contexts";
import type { ControlPolicyAttachment } from "../../estate/estate";
import type { AccessCount } from "../../estate/judge";
import { mayDo, type Question } from "../../estate/question";
import { contextOf } from "../../estate/request-values";
import type { Condition } from "../../iam/evaluation/conditions";
import { statementsCovering } from "../../iam/evaluation/compiled-policy";
import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import type { AccessRequest, ControlPolicies, Decision } from "../../iam/evaluation/request";
import { FULL_ACCESS_POLICIES, type ControlPolicyKind } from "../../iam/full-access-policies";
import { asArray, type PolicyDocument } from "../../iam/policy-document";
import { groupBy } from "../../model/group-by";
import type { OnlyPath } from "../../model/model";
import { list } from "../list";
import { controlCallers, PROVIDER, type ControlCaller } from "./control-callers";
import { controlQuestions, isMeant, type ControlQuestion } from "./control-questions";
import type { Finding, Told, Verification } from "./finding";
import { statementsOf } from "./role-findings";

/** The control policies of one kind of an account with `onlyPath`. */
export interface CheckedControls {
  readonly path: OnlyPath;
  readonly kind: ControlPolicyKind;
  readonly levels: ControlPolicies;
  readonly attachments: readonly ControlPolicyAttachment[];
  /** Where findings are told. */
  readonly place: Omit<Told, "says">;
  readonly count?: AccessCount;
}

/**
 * Asks control policies who may do what the only way in keeps from others. What they deny besides is no
 * matter of accounts.json, as long as some request of those who administer the account, and of those who may
 * come from outside, is let through.
 */
export function checkControls(checked: CheckedControls): Verification {
  const { path, kind, levels, place } = checked;
  const documents = levels
    .flat()
    .filter(({ name }) => name !== FULL_ACCESS_POLICIES[kind].name)
    .flatMap(({ document }) => document ?? []);
  const statements = documents.flatMap(({ Statement }) => asArray(Statement));
  const callers = controlCallers(kind, path.guarded, statements);
  const questions = controlQuestions(kind, path.guarded, statements);
  const outcomes = [...groupBy(questions, askedAlike(documents)).values()].flatMap((alike) => {
    const [{ action }] = alike;
    const asked = /With(SAML|WebIdentity)$/.test(action) ? [PROVIDER] : callers;
    return outcomesOf(checked, documents, alike[0], asked).flatMap((outcome) =>
      alike.map((question) => ({ ...outcome, question })),
    );
  });
  const told = (result: Outcome["result"]): readonly Sentence[] =>
    sentences(
      outcomes.filter((outcome) => outcome.result === result),
      kind,
    );
  const remedy = `put it right in the ${kind} control policy, which a fresh synthesis has, and deploy ${path.stack}; or take onlyPath out of accounts.json`;
  return {
    findings: [
      ...told("wider").map((one): Finding => ({ ...place, ...one, kind: "wider", remedy })),
      ...told("missing").map((one) => beyondWhatIsMeant(checked, one)),
    ],
    undecided: told("undecided").map((one) => ({ ...place, ...one })),
  };
}

/** What a policy denies that the account needs, with the policy's own place. */
function beyondWhatIsMeant(
  { path, kind, attachments, place }: CheckedControls,
  told: Sentence,
): Finding {
  const by = attachments.find((attachment) =>
    told.statements.some((one) => one.startsWith(`${kind} control policy ${attachment.name},`)),
  );
  const { stack } = by?.origin ?? { stack: path.stack };
  return {
    ...{ ...place, ...told, kind: "missing" },
    ...(by !== undefined && { origin: by.origin }),
    remedy: `let that through in the ${kind} control policy ${by?.name ?? "that denies it"} and deploy ${stack}, or take onlyPath out of accounts.json`,
  };
}

/** Questions of which the same statements decide, and that let the same callers through, have equal keys. */
function askedAlike(documents: readonly PolicyDocument[]): (question: ControlQuestion) => string {
  return ({ action, arn, letsThrough, isNeeded }) => {
    const statements = documents.map((document) =>
      statementsCovering(document, "identity", action).map(({ index }) => index),
    );
    return JSON.stringify([
      action.split(":")[0] === "sts" ? action : "",
      arn,
      statements,
      letsThrough,
      isNeeded,
    ]);
  };
}

/** What one caller may do otherwise than is meant. */
interface Outcome {
  readonly result: "wider" | "missing" | "undecided";
  readonly question: ControlQuestion;
  readonly caller: ControlCaller;
  /** What denies it, where that is beyond what is meant. */
  readonly decision?: Decision;
}

/** Those of the callers who may do otherwise than is meant. */
function outcomesOf(
  { kind, levels, path, count }: CheckedControls,
  documents: readonly PolicyDocument[],
  question: ControlQuestion,
  callers: readonly ControlCaller[],
): readonly Outcome[] {
  const resource = {
    arn: question.arn,
    accountId: path.guarded.accountId,
    policy: FULL_ACCESS_POLICIES.resource.document,
    ...(kind === "resource" && { resourceControlPolicies: levels }),
  };
  const asked = mayDo(question.action, resource);
  const conditions = documents
    .flatMap((document) => asked.statements(document, "identity"))
    .flatMap((statement) => statement.conditions);
  return callers.flatMap((one): readonly Outcome[] => {
    const isRight = isMeant(question, one.caller);
    if (isRight && !question.isNeeded) return [];
    const caller = { ...one.caller, ...(kind === "service" && { serviceControlPolicies: levels }) };
    const request: AccessRequest = { caller, action: question.action, resource, context: {} };
    const decisions = requestsOf(request, asked, conditions).map((each) => {
      if (count !== undefined) count.evaluations += 1;
      return evaluateAccess(each);
    });
    const isAny = (result: Decision["result"]): boolean =>
      decisions.some((decision) => decision.result === result);
    const outcome = { question, caller: one };
    if (isRight) {
      const [decision] = decisions;
      return isAny("allowed") || isAny("unknown")
        ? []
        : [{ ...outcome, result: "missing", decision }];
    }
    if (isAny("allowed")) return [{ ...outcome, result: "wider" }];
    return isAny("unknown") ? [{ ...outcome, result: "undecided" }] : [];
  });
}

/** The requests of one caller between which the policies can tell. */
function requestsOf(
  request: AccessRequest,
  question: Question,
  conditions: readonly Condition[],
): readonly AccessRequest[] {
  const { caller } = request;
  const candidate = {
    principal: caller.arn,
    by: "principal",
    known: "identity",
    callers: [],
  } as const;
  const { all } = distinguishingContexts(conditions, { caller, candidate, question }, request);
  return all.map((values) => ({ ...request, context: contextOf(values) }));
}

type Sentence = Pick<Told, "says" | "statements" | "principal">;

/** One sentence for all callers who may do the same; those for whom others stand are not told of. */
function sentences(outcomes: readonly Outcome[], kind: ControlPolicyKind): readonly Sentence[] {
  const whats = (some: readonly Outcome[]): string =>
    some.map(({ question: { action, arn } }) => `${action} ${arn}`).join("\n");
  const byCaller = [...groupBy(outcomes, ({ caller }) => caller).values()];
  const standing = new Set(byCaller.filter(([{ caller }]) => caller.standsForOthers).map(whats));
  const told = byCaller.filter(
    (some) => some[0].caller.standsForOthers || !standing.has(whats(some)),
  );
  return [...groupBy(told, whats).values()].map((alike) => sentence(alike, kind));
}

function sentence(alike: readonly (readonly Outcome[])[], kind: ControlPolicyKind): Sentence {
  const [first] = alike;
  const [{ result, question }] = first;
  const who = [...new Set(alike.map(([{ caller }]) => caller.label))];
  const more = first.length === 1 ? "" : ` (and ${first.length - 1} more like it)`;
  const what = `${question.action}${question.on === "" ? "" : ` on ${question.on}`}${more}`;
  const statements = first.flatMap(({ decision }) =>
    decision === undefined ? [] : statementsOf(decision),
  );
  const says = {
    wider: `may ${what}: no ${kind} control policy denies it`,
    missing: `may not ${what}: a ${kind} control policy denies it, beyond what onlyPath means`,
    undecided: `may or may not ${what}: what a ${kind} control policy denies cannot be told`,
  }[result];
  return { says: `${list(who, who.length)} ${says}`, statements: [...new Set(statements)] };
}
