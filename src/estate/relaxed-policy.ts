import type { PolicyKind } from "../iam/evaluation/compiled-policy";
import { compileConditions } from "../iam/evaluation/conditions";
import {
  asArray,
  POLICY_VERSION,
  type Conditions,
  type OneOrMany,
  type PolicyDocument,
  type Statement,
} from "../iam/policy-document";
import {
  hasOpenVariable,
  isMadeUp,
  isOpenCondition,
  kindOfSubject,
  type Subject,
} from "./open-keys";

/**
 * A policy in which everything that depends on the request is uncertain: evaluated with it, `denied`
 * means that every request of the principal is denied. The same object where nothing depends on it.
 */
export function relaxPolicy(
  document: PolicyDocument,
  kind: PolicyKind,
  subject: Subject,
): PolicyDocument {
  const bySubject = RELAXED.get(document) ?? new Map<string, PolicyDocument>();
  RELAXED.set(document, bySubject);
  const key = kindOfSubject(subject);
  const relaxed = bySubject.get(key) ?? relax(document, kind, subject);
  bySubject.set(key, relaxed);
  return relaxed;
}

/** By document and kind of subject: documents must not be changed. */
const RELAXED = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();

function relax(document: PolicyDocument, kind: PolicyKind, subject: Subject): PolicyDocument {
  const statements = asArray(document.Statement);
  const bearing = new Set(subject.question.statements(document, kind).map(({ index }) => index));
  const relaxed = statements.map((statement, index) =>
    bearing.has(index) ? relaxStatement(statement, document, subject) : statement,
  );
  return relaxed.every((statement, index) => statement === statements[index])
    ? document
    : { ...document, Statement: relaxed };
}

/** IAM has no such operator, so that the evaluation cannot tell whether it is met. */
const UNCERTAIN: Conditions = { DependsOnTheRequest: { "aws:RequestedRegion": "" } };

function relaxStatement(
  statement: Statement,
  { Version }: PolicyDocument,
  subject: Subject,
): Statement {
  const { Condition, Resource, NotResource, ...rest } = statement;
  const conditions = compileConditions(Condition, Version === POLICY_VERSION);
  const certain = conditions.filter((condition) => !isOpenCondition(condition, subject));
  const coversMore = hasOpenVariable([...asArray(Resource), ...asArray(NotResource)], subject);
  const namesMore = mayNameSubject(statement, subject);
  if (certain.length === conditions.length && !coversMore && !namesMore) return statement;

  const kept = new Map<string, Map<string, OneOrMany<string>>>();
  for (const { operator, key, values } of certain) {
    const keys = kept.get(operator) ?? new Map<string, OneOrMany<string>>();
    kept.set(operator, keys.set(key, values));
  }
  return {
    ...rest,
    ...(namesMore && rest.Principal !== undefined && { Principal: "*" as const }),
    ...(coversMore ? { Resource: "*" } : { Resource, NotResource }),
    Condition: {
      ...Object.fromEntries(
        [...kept].map(([operator, keys]) => [operator, Object.fromEntries(keys)]),
      ),
      ...UNCERTAIN,
    },
  };
}

/**
 * Whether the principal that stands for others may be one that the statement names: one to whom it
 * allows something (everyone is named for certain), or whom `NotPrincipal` exempts from a deny. With a boundary nobody is exempt, and
 * whether a principal that is not in the estate has one is not known.
 */
function mayNameSubject({ Effect, Principal, NotPrincipal }: Statement, subject: Subject): boolean {
  return Effect === "Allow"
    ? Principal !== undefined && Principal !== "*" && isMadeUp(subject)
    : NotPrincipal !== undefined && subject.candidate.known !== "identity";
}
