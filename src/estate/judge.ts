import type { PolicyKind } from "../iam/evaluation/compiled-policy";
import type { Condition } from "../iam/evaluation/conditions";
import type { AccessRequest, ControlPolicies, NamedPolicy } from "../iam/evaluation/request";
import type { PolicyDocument } from "../iam/policy-document";
import type { AdmittingStatement } from "./admitting-statement";
import type { Candidate } from "./candidate";
import { choicesFor, favourableRequests, unavoidable, type Choice } from "./favourable-requests";
import { needsOf } from "./needs";
import type { Subject } from "./open-keys";
import { relaxPolicy } from "./relaxed-policy";
import type { Question } from "./question";
import { contextOf } from "./request-values";

/** Whether a principal gets in, and what its request must bring along. */
export interface Verdict {
  readonly result: "allowed" | "unknown";
  readonly needs: readonly string[];
  /** The request that gets in; of `unknown` the first of which it cannot be told, where one was tried. */
  readonly request?: AccessRequest;
}

/** How many requests were judged, for tests that count instead of timing. */
export interface AccessCount {
  evaluations: number;
}

/**
 * Whether a statement of the policy of a role or resource lets a principal in, by the most favourable
 * request; undefined where no request gets in. `statement` is undefined for a policy that cannot be read.
 *
 * Guarantee: an access that some request would get never comes out as undefined. Where a request that
 * gets in is not found, the policies are evaluated once more with everything uncertain that depends on
 * the request: only what is denied then is denied.
 */
export function judge(
  candidate: Candidate,
  question: Question,
  statement: AdmittingStatement | undefined,
  count: AccessCount,
): Verdict | undefined {
  if (candidate.callers.length === 0) return { result: "unknown", needs: [] };
  let unknown: Verdict | undefined;
  for (const caller of candidate.callers) {
    const verdict = new CallerCase({ caller, candidate, question }, statement, count).judge();
    if (verdict?.result === "allowed") return verdict;
    unknown ??= verdict;
  }
  return unknown;
}

/** Requests tried for one form of a principal before it counts as unknown. */
const MAX_TRIES = 64;

class CallerCase {
  private readonly request: AccessRequest;

  constructor(
    private readonly subject: Subject,
    private readonly statement: AdmittingStatement | undefined,
    private readonly count: AccessCount,
  ) {
    const { caller, candidate, question } = subject;
    const { organizationId, operation } = candidate;
    this.request = {
      action: operation ?? question.action,
      caller,
      resource: {
        ...question.resource,
        policy: statement === undefined ? "unknown" : statement.alone,
      },
      context: { organizationId },
    };
  }

  judge(): Verdict | undefined {
    const { caller } = this.subject;
    const demanded = this.statement?.conditions ?? [];
    const choices = choicesFor(this.request, this.subject, demanded, this.mentioned());
    let first: Verdict | undefined;
    let tries = 0;
    for (const values of favourableRequests(choices)) {
      const context = { ...this.request.context, ...contextOf(values) };
      const request = { ...this.request, context };
      const result = this.evaluate(request);
      const needs = needsOf(values, demanded, caller);
      if (result === "allowed") return { result, needs, request };
      if (first === undefined) {
        if (result === "denied" && this.isAlwaysDenied(choices)) return undefined;
        first = { result: "unknown", needs, request };
      }
      tries += 1;
      if (tries === MAX_TRIES) break;
    }
    if (first !== undefined || this.isAlwaysDenied(choices)) return first;
    return { result: "unknown", needs: [] };
  }

  private isAlwaysDenied(choices: readonly Choice[]): boolean {
    const relax = (document: PolicyDocument, kind: PolicyKind): PolicyDocument =>
      relaxPolicy(document, kind, this.subject);
    const relaxNamed = (policy: NamedPolicy): NamedPolicy =>
      policy.document === undefined
        ? policy
        : { ...policy, document: relax(policy.document, "identity") };
    const relaxLevels = (levels: ControlPolicies = []): ControlPolicies =>
      levels.map((level) => level.map(relaxNamed));
    const { caller, resource } = this.request;
    const { permissionsBoundary: boundary } = caller;
    const relaxed: AccessRequest = {
      ...this.request,
      caller: {
        ...caller,
        identityPolicies: caller.identityPolicies.map(relaxNamed),
        serviceControlPolicies: relaxLevels(caller.serviceControlPolicies),
        permissionsBoundary: typeof boundary === "object" ? relax(boundary, "identity") : boundary,
      },
      context: { ...this.request.context, ...contextOf(unavoidable(choices)) },
      resource: {
        ...resource,
        resourceControlPolicies: relaxLevels(resource.resourceControlPolicies),
        policy:
          typeof resource.policy === "object"
            ? relax(resource.policy, "resource")
            : resource.policy,
      },
    };
    return this.evaluate(relaxed) === "denied";
  }

  private evaluate(request: AccessRequest): "allowed" | "denied" | "unknown" {
    this.count.evaluations += 1;
    const { candidate, question } = this.subject;
    return question.evaluate(request, candidate.operation);
  }

  /** The conditions of all policies involved. */
  private mentioned(): readonly Condition[] {
    const { caller, resource } = this.request;
    const { identityPolicies, permissionsBoundary: boundary } = caller;
    const { question } = this.subject;
    const controls = [
      ...(caller.serviceControlPolicies ?? []),
      ...(resource.resourceControlPolicies ?? []),
    ].flat();
    return [
      ...(typeof resource.policy === "object"
        ? question.statements(resource.policy, "resource")
        : []),
      ...(typeof boundary === "object" ? question.statements(boundary, "identity") : []),
      ...[...identityPolicies, ...controls].flatMap(({ document }) =>
        document === undefined ? [] : question.statements(document, "identity"),
      ),
    ].flatMap(({ conditions }) => conditions);
  }
}
