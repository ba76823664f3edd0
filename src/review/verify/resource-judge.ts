import type { Access, FoundRequests } from "../../estate/access";
import type { AccessCount } from "../../estate/judge";
import type { Estate, EstateResource } from "../../estate/estate";
import { resourceAccessOf, type ResourceAccess } from "../../estate/resource-access";
import { statementsCovering } from "../../iam/evaluation/compiled-policy";
import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import type { AccessRequest, Caller, Decision, RequestContext } from "../../iam/evaluation/request";
import { tryParseIamArn } from "../../iam/arn";
import { policyDocument, type Statement } from "../../iam/policy-document";
import { allowingAnything } from "./allowing-anything";
import { checkDemands, type DemandOutcome } from "./check-demands";
import type { DeclaredResource, ResourceWay } from "./declared-resource";
import { isOrphan } from "./principal-kinds";
import { questionsOf, type Asked } from "./resource-questions";
import { demandsOf, ResourceWays, type Question, type WayOfUse } from "./resource-ways";
import { statementsOf } from "./role-findings";

/** A resource, and what is declared of it. */
export interface CheckedResource {
  /** @default - accounts.json does not have it: it is for its own account, and for services */
  readonly declared?: DeclaredResource;
  readonly resource: EstateResource;
  readonly estate: Estate;
  readonly count?: AccessCount;
}

/** What the policy of one resource decides, and whom what is declared of it admits. */
export class ResourceJudge {
  readonly ways: ResourceWays;
  /** Every action with what it is asked of. */
  readonly asked: readonly Question[];
  private readonly questions: readonly Asked[];
  private readonly requests: FoundRequests = new WeakMap();
  private readonly outcomes = new Map<string, readonly DemandOutcome[]>();

  constructor(private readonly checked: CheckedResource) {
    const { resource, declared } = checked;
    this.ways = new ResourceWays(declared?.ways ?? [], resource.arn);
    this.questions = questionsOf(this.ways.all, resource);
    this.asked = this.questions.flatMap(({ actions, arn = resource.arn }) =>
      actions.map((action) => ({ action, arn })),
    );
  }

  /** Accesses from other accounts; of a closed resource also those of its own account that are known. */
  accesses(resource = this.checked.resource): readonly ResourceAccess[] {
    const { estate, count } = this.checked;
    const asked = this.questions.map((question) => ({ ...question, resource }));
    const from = this.isClosed() ? "everyone" : "other accounts";
    return resourceAccessOf(estate, asked, { count, requests: this.requests, from }).filter(
      ({ principal }) =>
        !isOrphan(principal) && (!this.isOwn(principal) || estate.identities.has(principal)),
    );
  }

  /** What the statements that stay as they are let do. */
  accessesBy(keep: readonly Statement[]): readonly ResourceAccess[] {
    if (keep.length === 0) return [];
    return this.accesses({ ...this.checked.resource, policy: policyDocument(keep) });
  }

  admitting(access: ResourceAccess): readonly WayOfUse[] {
    const { action, resourceArn: arn } = access;
    return this.ways.admittingTo(asRoleAccess(access), { action, arn });
  }

  /** The ways that admit somebody, whatever for, who gets in if its account permits it. */
  admittingAny(principal: string): readonly ResourceWay[] {
    return this.ways.admitting(byAccount(principal));
  }

  /** What of their demands those do not meet who were found to get in. */
  outcomesOf(access: ResourceAccess, admitting: readonly WayOfUse[]): readonly DemandOutcome[] {
    const request = this.requests.get(access);
    return request === undefined ? [] : this.outcomesOfRequest(request, admitting);
  }

  /** Told once for all actions of which the same statements decide. */
  outcomesOfRequest(
    request: AccessRequest,
    admitting: readonly WayOfUse[],
  ): readonly DemandOutcome[] {
    const { policy } = this.checked.resource;
    if (typeof policy !== "object") return [];
    const statements = statementsCovering(policy, "resource", request.action);
    const demands = admitting.map(demandsOf);
    const key = JSON.stringify([
      request.caller.arn,
      request.resource.arn,
      statements.map(({ index }) => index),
      demands.map((some) => some.map(({ label }) => label)),
    ]);
    const known = this.outcomes.get(key);
    if (known !== undefined) return known;
    const decide = (context: RequestContext): Decision => this.decide({ ...request, context });
    const outcomes = checkDemands({ demands, request, statements, decide });
    this.outcomes.set(key, outcomes);
    return outcomes;
  }

  /** A role or user by its ARN, as a caller. */
  tryCaller(arn: string): Caller | undefined {
    const parsed = tryParseIamArn(arn);
    if (parsed?.type !== "role" && parsed?.type !== "user") return undefined;
    const { type: kind, accountId } = parsed;
    const uniqueId = this.checked.estate.identities.get(arn)?.uniqueId;
    return { kind, arn, accountId, uniqueId, identityPolicies: [] };
  }

  /** A request that has what is demanded of it; where it is not declared, of all that the caller may do. */
  requestOf(
    caller: Caller,
    { action, arn }: Question,
    admitting: readonly WayOfUse[] = this.admitting(accessBy(caller.arn, { action, arn })),
  ): AccessRequest {
    const { resource, estate } = this.checked;
    const { organizationId } = estate.identities.get(caller.arn) ?? {};
    const waysOfUse =
      admitting.length > 0
        ? admitting.slice(0, 1)
        : this.admittingAny(caller.arn).flatMap((way) => way.uses.map((use) => ({ way, use })));
    const context = waysOfUse
      .flatMap(demandsOf)
      .reduce((met, demand) => demand.met(met), { organizationId } as RequestContext);
    return { caller, action, resource: { arn, accountId: resource.accountId }, context };
  }

  decideAlone(caller: Caller, asked: Question, policy = this.checked.resource.policy): Decision {
    return this.decide(this.requestOf(caller, asked), policy);
  }

  /** What the whole policy says to a caller whose own policies allow everything. */
  decide(
    { caller, resource, ...request }: AccessRequest,
    policy = this.checked.resource.policy,
  ): Decision {
    const { count } = this.checked;
    if (count !== undefined) count.evaluations += 1;
    return evaluateAccess({
      ...request,
      caller: allowingAnything(caller),
      resource: { ...resource, policy },
    });
  }

  /** The statements that let in, of all policies that bear on it. */
  decidedBy(accesses: readonly ResourceAccess[]): readonly string[] {
    const { estate, resource: checked } = this.checked;
    const { policy } = checked;
    const statements = accesses.flatMap((access) => {
      const request = this.requests.get(access);
      if (request === undefined) return [];
      const resource = { ...request.resource, policy };
      const decision = evaluateAccess({ ...request, resource });
      if (estate.identities.has(access.principal)) return statementsOf(decision);
      // Its own policies are made up.
      const madeUp = request.caller.identityPolicies.map(({ name }) => name);
      const decidedBy = decision.decidedBy.filter(({ policy: name }) => !madeUp.includes(name));
      return statementsOf({ ...decision, decidedBy });
    });
    return [...new Set(statements)];
  }

  isOwn(principal: string): boolean {
    return principal.split(":")[4] === this.checked.resource.accountId;
  }

  /** Whether what its own account's principals do with it is declared too. */
  isClosed(): boolean {
    return this.checked.declared?.isClosed === true;
  }
}

/** An access by a statement that names the principal. */
export function accessBy(principal: string, { action, arn }: Question): ResourceAccess {
  return { resourceArn: arn, action, principal, result: "allowed", needs: [], by: "principal" };
}

/** An access by an account-wide statement, if the principal has the permission. */
function byAccount(principal: string): Access {
  return { roleArn: "", principal, result: "allowed", needs: [], by: "account" };
}

function asRoleAccess({ principal, result, needs, by, resourceArn }: ResourceAccess): Access {
  return { roleArn: resourceArn, principal, result, needs, by: by === "grant" ? "principal" : by };
}

/** One for each principal, action and part of the resource. */
export function accessKey({ principal, action, resourceArn }: ResourceAccess): string {
  return `${principal} ${action} ${resourceArn}`;
}

/** The actions of several accesses, for people. */
export function actionsOf(some: readonly { readonly action: string }[]): string {
  return [...new Set(some.map(({ action }) => action))].sort().join(" and ");
}
