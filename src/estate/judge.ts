import { compilePolicy } from "../iam/evaluation/compiled-policy";
import type { Condition } from "../iam/evaluation/conditions";
import { evaluateAssumeRole } from "../iam/evaluation/evaluate-assume-role";
import type { AssumeRoleRequest, NamedPolicy } from "../iam/evaluation/request";
import type { PolicyDocument } from "../iam/policy-document";
import type { Candidate } from "./candidate";
import type { Identity } from "./estate";
import { choicesFor, favourableRequests, unavoidable, type Choice } from "./favourable-requests";
import { needsOf } from "./needs";
import type { Subject } from "./open-keys";
import { relaxPolicy } from "./relaxed-policy";
import { contextOf } from "./request-values";
import type { TrustStatement } from "./trust-statement";

/** Whether a principal can assume a role, and what its request must bring along. */
export interface Verdict {
  readonly result: "allowed" | "unknown";
  readonly needs: readonly string[];
}

/** How many requests were judged, for tests that count instead of timing. */
export interface AccessCount {
  evaluations: number;
}

/**
 * Whether a statement of a role's trust policy lets a principal in, by the most favourable request;
 * undefined where no request gets in. `trust` is undefined for a trust policy that cannot be read.
 *
 * Guarantee: an access that some request would get never comes out as undefined. Where a request that
 * gets in is not found, the policies are evaluated once more with everything uncertain that depends on
 * the request: only what is denied then is denied.
 */
export function judge(
  candidate: Candidate,
  role: Identity,
  trust: TrustStatement | undefined,
  count: AccessCount,
): Verdict | undefined {
  if (candidate.callers.length === 0) return { result: "unknown", needs: [] };
  let unknown: Verdict | undefined;
  for (const caller of candidate.callers) {
    const verdict = new CallerCase({ caller, candidate }, role, trust, count).judge();
    if (verdict?.result === "allowed") return verdict;
    unknown ??= verdict;
  }
  return unknown;
}

/** Requests tried for one form of a principal before it counts as unknown. */
const MAX_TRIES = 64;

class CallerCase {
  private readonly request: AssumeRoleRequest;

  constructor(
    private readonly subject: Subject,
    role: Identity,
    private readonly trust: TrustStatement | undefined,
    private readonly count: AccessCount,
  ) {
    const { caller, candidate } = subject;
    const { organizationId, action } = candidate;
    const { arn, accountId } = role;
    const trustPolicy = trust?.alone ?? "unknown";
    this.request = {
      action,
      caller,
      role: { arn, accountId, trustPolicy },
      context: { organizationId },
    };
  }

  judge(): Verdict | undefined {
    const { caller } = this.subject;
    const demanded = this.trust?.conditions ?? [];
    const choices = choicesFor(this.request, this.subject, demanded, this.mentioned());
    let first: Verdict | undefined;
    let tries = 0;
    for (const values of favourableRequests(choices)) {
      const context = { ...this.request.context, ...contextOf(values) };
      const result = this.evaluate({ ...this.request, context });
      const needs = needsOf(values, demanded, caller);
      if (result === "allowed") return { result, needs };
      if (first === undefined) {
        if (result === "denied" && this.isAlwaysDenied(choices)) return undefined;
        first = { result: "unknown", needs };
      }
      tries += 1;
      if (tries === MAX_TRIES) break;
    }
    if (first !== undefined || this.isAlwaysDenied(choices)) return first;
    return { result: "unknown", needs: [] };
  }

  private isAlwaysDenied(choices: readonly Choice[]): boolean {
    const relax = (document: PolicyDocument): PolicyDocument => relaxPolicy(document, this.subject);
    const { caller, role } = this.request;
    const { permissionsBoundary: boundary } = caller;
    const relaxed: AssumeRoleRequest = {
      ...this.request,
      caller: {
        ...caller,
        identityPolicies: caller.identityPolicies.map((policy): NamedPolicy =>
          policy.document === undefined ? policy : { ...policy, document: relax(policy.document) },
        ),
        permissionsBoundary: typeof boundary === "object" ? relax(boundary) : boundary,
      },
      context: { ...this.request.context, ...contextOf(unavoidable(choices)) },
      role: {
        ...role,
        trustPolicy: role.trustPolicy === "unknown" ? "unknown" : relax(role.trustPolicy),
      },
    };
    return this.evaluate(relaxed) === "denied";
  }

  private evaluate(request: AssumeRoleRequest): "allowed" | "denied" | "unknown" {
    this.count.evaluations += 1;
    return evaluateAssumeRole(request).result;
  }

  /** The conditions of all policies involved. */
  private mentioned(): readonly Condition[] {
    const { caller, role } = this.request;
    const { identityPolicies, permissionsBoundary: boundary } = caller;
    return [
      ...(role.trustPolicy === "unknown" ? [] : compilePolicy(role.trustPolicy, "trust")),
      ...(typeof boundary === "object" ? compilePolicy(boundary, "identity") : []),
      ...identityPolicies.flatMap(({ document }) =>
        document === undefined ? [] : compilePolicy(document, "identity"),
      ),
    ].flatMap(({ conditions }) => conditions);
  }
}
