import type { KeyGrant } from "../../estate/estate";
import type { Question } from "../../estate/question";
import { contextOf, type RequestValues } from "../../estate/request-values";
import type { CompiledStatement } from "../../iam/evaluation/compiled-policy";
import type { AccessRequest, Caller, TargetResource } from "../../iam/evaluation/request";
import { policyDocument } from "../../iam/policy-document";
import { distinguishingContexts } from "../../estate/distinguishing-contexts";
import type { Evidence } from "./difference";
import { asGranted, grantStatement } from "./key-grants";
import type { Suspect } from "./suspect";

/** A suspect and a target as one of the estates has them. */
export interface Side {
  /** Undefined where the principal is not there. */
  readonly caller?: Caller;
  /** Undefined where the role or resource is not there. */
  readonly resource?: TargetResource;
  /** Of a key. */
  readonly grants: readonly KeyGrant[];
  readonly organizationId?: string;
}

/** One request, judged on both sides. */
export interface Compared extends Evidence {
  readonly values: RequestValues;
}

/** All requests of one suspect at one target. */
export interface Comparison {
  readonly requests: readonly Compared[];
  /** Whether no other request could tell the sides apart, as far as the conditions' values go. */
  readonly complete: boolean;
}

/** The statements that bear on the answer, on both sides. */
export interface StatementsOfSides {
  readonly before: readonly CompiledStatement[];
  readonly after: readonly CompiledStatement[];
}

/** Judges the requests that tell two sides apart, on both. `question`: its resource may be either's. */
export function compareRequests(
  suspect: Suspect,
  question: Question,
  before: Side,
  after: Side,
  statements: StatementsOfSides,
): Comparison {
  const known = [after, before].find(({ caller }) => caller !== undefined);
  const resource = after.resource ?? before.resource;
  if (known?.caller === undefined || resource === undefined) {
    return { requests: [], complete: true };
  }
  const organizationId = after.organizationId ?? before.organizationId;
  const action = suspect.operation ?? question.action;
  const request: AccessRequest = {
    action,
    caller: known.caller,
    resource,
    context: { organizationId },
  };
  const candidate = {
    principal: suspect.who.principal,
    by: "principal",
    // What stands for others is compared as itself: others have requests of their own.
    known: "identity",
    callers: [],
    organizationId,
  } as const;
  const subject = { caller: known.caller, candidate, question };
  const conditions = [...statements.before, ...statements.after].flatMap(
    (statement) => statement.conditions,
  );
  const { all, complete } = distinguishingContexts(conditions, subject, request);
  const requests = all.map((values): Compared => {
    const context = { organizationId, ...contextOf(values) };
    return {
      values,
      request: { ...request, context },
      before: judged(before, { ...request, context }, suspect, question),
      after: judged(after, { ...request, context }, suspect, question),
    };
  });
  return { requests, complete };
}

function judged(
  { caller, resource, grants }: Side,
  request: AccessRequest,
  suspect: Suspect,
  question: Question,
): Evidence["before"] {
  if (caller === undefined || resource === undefined) return "denied";
  const own = { ...request, caller, resource };
  const byPolicies = question.evaluate(own, suspect.operation);
  if (byPolicies === "allowed") return byPolicies;
  const byGrants = grants.flatMap((grant) => {
    const granted = asGranted(own, grant, question);
    return granted === undefined ? [] : [question.evaluate(granted, suspect.operation)];
  });
  if (byGrants.includes("allowed")) return "allowed";
  return byGrants.includes("unknown") ? "unknown" : byPolicies;
}

/** The statements of all policies that bear on the answer. */
export function statementsOf(
  { caller, resource, grants }: Side,
  question: Question,
): readonly CompiledStatement[] {
  const { identityPolicies = [], permissionsBoundary: boundary } = caller ?? {};
  const controls = [caller?.serviceControlPolicies ?? [], resource?.resourceControlPolicies ?? []];
  const documents = [
    ...[...identityPolicies, ...controls.flat(2)].map(({ document }) => document),
    typeof boundary === "object" ? boundary : undefined,
  ];
  const granted = grants.flatMap((grant) => grantStatement(grant, question) ?? []);
  return [
    ...(typeof resource?.policy === "object"
      ? question.statements(resource.policy, "resource")
      : []),
    ...(granted.length > 0 ? question.statements(policyDocument(granted), "resource") : []),
    ...documents.flatMap((document) =>
      document === undefined ? [] : question.statements(document, "identity"),
    ),
  ];
}
