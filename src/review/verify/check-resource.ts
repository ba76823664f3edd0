import type { Access, FoundRequests } from "../../estate/access";
import type { AccessCount } from "../../estate/judge";
import type { Estate, EstateResource } from "../../estate/estate";
import { resourceAccessOf, type ResourceAccess } from "../../estate/resource-access";
import { statementsCovering } from "../../iam/evaluation/compiled-policy";
import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import type { AccessRequest, Caller, Decision, RequestContext } from "../../iam/evaluation/request";
import { policyDocument, type Statement } from "../../iam/policy-document";
import { tryParseIamArn } from "../../iam/arn";
import { groupBy } from "../../model/group-by";
import { allowingAnything } from "./allowing-anything";
import { checkDemands, type DemandOutcome } from "./check-demands";
import type { DeclaredResource } from "./declared-resource";
import { outsidersOf } from "./declared-way";
import type { Finding, FindingKind, Told, Verification } from "./finding";
import { namedPrincipals } from "./named-principals";
import { isOrphan, isService } from "./principal-kinds";
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

/** Compares who can use a resource with what is declared, both ways. */
export function checkResource(checked: CheckedResource): Verification {
  return new ResourceCheck(checked).run();
}

/** An access that does not take what is demanded of it. */
interface UnmetDemand {
  readonly access: ResourceAccess;
  readonly outcome: DemandOutcome;
}

class ResourceCheck {
  private readonly requests: FoundRequests = new WeakMap();
  private readonly findings: Finding[] = [];
  private readonly undecided: Told[] = [];
  private readonly ways: ResourceWays;
  private readonly questions: readonly Asked[];
  /** Every action with what it is asked of. */
  private readonly asked: readonly Question[];
  private readonly outcomes = new Map<string, readonly DemandOutcome[]>();

  constructor(private readonly checked: CheckedResource) {
    const { resource, declared } = checked;
    this.ways = new ResourceWays(declared?.ways ?? [], resource.arn);
    this.questions = questionsOf(this.ways.all, resource);
    this.asked = this.questions.flatMap(({ actions, arn = resource.arn }) =>
      actions.map((action) => ({ action, arn })),
    );
  }

  run(): Verification {
    const { declared, resource, estate } = this.checked;
    if (declared !== undefined) this.checkDeclared(declared);
    // What a stack says of another's, such as a grant, is on top of a policy that is its owner's.
    else if (estate.accounts.has(resource.accountId)) this.checkUndeclared();
    return { findings: this.findings, undecided: this.undecided };
  }

  private checkDeclared(declared: DeclaredResource): void {
    const found = this.accesses();
    this.checkFound(found, this.keptOf(declared.keep));
    this.checkExpected(found, declared);
    this.checkNamed(found);
    this.checkAdministration(declared);
    this.checkOutsiders();
  }

  private checkUndeclared(): void {
    const { policy, grants } = this.checked.resource;
    if (policy === "unknown") {
      this.undecide(undefined, "its policy cannot be read, so that others may use it undeclared");
    } else if (policy !== undefined || grants.length > 0) {
      const found = this.accesses();
      this.checkFound(found, new Set());
      this.checkNamed(found);
    }
  }

  /** Accesses from other accounts; of a closed resource also those of its own account that are known. */
  private accesses(resource = this.checked.resource): readonly ResourceAccess[] {
    const { estate, count } = this.checked;
    const asked = this.questions.map((question) => ({ ...question, resource }));
    const from = this.isClosed() ? "everyone" : "other accounts";
    return resourceAccessOf(estate, asked, { count, requests: this.requests, from }).filter(
      ({ principal }) =>
        !isOrphan(principal) && (!this.isOwn(principal) || estate.identities.has(principal)),
    );
  }

  /** What the statements that stay as they are let do. */
  private keptOf(keep: readonly Statement[]): ReadonlySet<string> {
    if (keep.length === 0) return new Set();
    const { resource } = this.checked;
    return new Set(this.accesses({ ...resource, policy: policyDocument(keep) }).map(keyOf));
  }

  private checkFound(found: readonly ResourceAccess[], kept: ReadonlySet<string>): void {
    const undeclared: ResourceAccess[] = [];
    const byAccount: ResourceAccess[] = [];
    const outcomes: UnmetDemand[] = [];
    for (const access of found) {
      if (kept.has(keyOf(access))) continue;
      const admitting = this.admitting(access);
      if (admitting.length === 0) {
        undeclared.push(access);
        continue;
      }
      const isTightened = admitting.every(({ way }) => way.tightened === access.principal);
      if (isTightened && /account/.test(access.by)) byAccount.push(access);
      const unmet = this.outcomesOf(this.requests.get(access), admitting);
      outcomes.push(...unmet.map((outcome) => ({ access, outcome })));
    }
    this.tellUndeclared(undeclared);
    this.tellTightened(byAccount);
    this.tellOutcomes(outcomes);
  }

  private tellOutcomes(outcomes: readonly UnmetDemand[]): void {
    const together = groupBy(
      outcomes,
      ({ access, outcome }) => `${access.principal} ${outcome.kind} ${outcome.says}`,
    );
    for (const [, same] of together) {
      const [{ access, outcome }] = same;
      const says = `${outcome.says}: ${actionsOf(same.map((one) => one.access))}`;
      if (outcome.kind === "undecided") this.undecide(access.principal, says);
      else {
        const statements = same.flatMap(({ outcome: { decision } }) =>
          decision === undefined ? [] : statementsOf(decision),
        );
        this.add(outcome.kind, access.principal, {
          statements: [...new Set(statements)],
          says,
          remedy: "put the condition back; a fresh synthesis has it",
        });
      }
    }
  }

  private admitting(access: ResourceAccess): readonly WayOfUse[] {
    const { action, resourceArn: arn } = access;
    return this.ways.admittingTo(asRoleAccess(access), { action, arn });
  }

  /** Told once for all actions of which the same statements decide. */
  private outcomesOf(
    request: AccessRequest | undefined,
    admitting: readonly WayOfUse[],
  ): readonly DemandOutcome[] {
    const { policy } = this.checked.resource;
    if (request === undefined || typeof policy !== "object") return [];
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

  private tellUndeclared(undeclared: readonly ResourceAccess[]): void {
    const { declared, resource } = this.checked;
    for (const [principal, accesses] of groupBy(undeclared, (access) => access.principal)) {
      if (declared === undefined && isService(principal)) continue;
      const actions = actionsOf(accesses);
      if (resource.policy === "unknown") {
        this.undecide(principal, `the policy cannot be read, so that it may ${actions} undeclared`);
      } else {
        this.add("not declared", principal, {
          statements: this.decidedBy(accesses),
          says:
            declared === undefined
              ? `it may ${actions}, on a resource that accounts.json does not have`
              : `it may ${actions}, which accounts.json does not say`,
          remedy: "declare it in accounts.json, or take out the statement that lets it in",
        });
      }
    }
  }

  private tellTightened(byAccount: readonly ResourceAccess[]): void {
    for (const [principal, accesses] of groupBy(byAccount, (access) => access.principal)) {
      this.add("wider", principal, {
        statements: this.decidedBy(accesses),
        says: "it is confirmed and let in by its account still",
        remedy: `deploy ${this.place().origin.stack}, whose policy names the principal itself`,
      });
    }
  }

  private checkExpected(found: readonly ResourceAccess[], { stack }: DeclaredResource): void {
    const byPrincipal = groupBy(found, ({ principal }) => principal);
    const expected = groupBy(
      this.ways.all.flatMap((way) => way.expected.map((principal) => ({ principal, way }))),
      ({ principal }) => principal,
    );
    for (const [principal, ways] of expected) {
      const own = byPrincipal.get(principal) ?? [];
      const uses = ways.flatMap(({ way }) => way.uses);
      const lacking = this.asked.filter(
        (asked) =>
          uses.some((use) => this.ways.isUse(use, asked)) &&
          !own.some((access) => isTo(access, asked)) &&
          !this.isElsewhere(principal, asked),
      );
      if (lacking.length > 0) {
        this.add("missing", principal, {
          says: `it is declared and may not ${actionsOf(lacking)}`,
          remedy: `deploy ${stack} and the stack of the principal, or take it out of accounts.json`,
        });
      } else if (
        own.some(({ result }) => result === "unknown") &&
        this.checked.estate.identities.has(principal)
      ) {
        this.undecide(principal, "it is declared, and whether it gets in cannot be told");
      }
    }
  }

  /** Whether it is for a principal's own policies, which wait or are up to its account, to let it in. */
  private isElsewhere(principal: string, asked: Question): boolean {
    const waits = this.checked.declared?.isSettled === false;
    if (this.isOwn(principal) && !this.isClosed()) return true;
    if (!waits && !this.isOwn(principal)) return false;
    const caller = this.tryCaller(principal);
    return caller !== undefined && this.decideAlone(caller, asked).result !== "denied";
  }

  /**
   * What the policy lets those do whom it names, by itself: their own permissions may hold them back, or wait
   * for the ARN of a key.
   */
  private checkNamed(found: readonly ResourceAccess[]): void {
    const { resource, declared } = this.checked;
    if (typeof resource.policy !== "object") return;
    const isFound = new Set(found.map(keyOf));
    const keep = declared?.keep ?? [];
    const kept = keep.length === 0 ? undefined : policyDocument(keep);
    const more: ResourceAccess[] = [];
    const outcomes: UnmetDemand[] = [];
    for (const principal of namedPrincipals(resource.policy)) {
      const caller = this.tryCaller(principal);
      if (caller === undefined || (this.isOwn(principal) && !this.isClosed())) continue;
      for (const asked of this.asked) {
        const access = accessBy(principal, asked);
        if (isFound.has(keyOf(access))) continue;
        if (this.decideAlone(caller, asked).result !== "allowed") continue;
        if (kept !== undefined && this.decideAlone(caller, asked, kept).result === "allowed") {
          continue;
        }
        const admitting = this.admitting(access);
        if (admitting.length === 0) more.push(access);
        else {
          const unmet = this.outcomesOf(this.requestOf(caller, asked), admitting);
          outcomes.push(...unmet.map((outcome) => ({ access, outcome })));
        }
      }
    }
    for (const [principal, accesses] of groupBy(more, (access) => access.principal)) {
      this.add("wider", principal, {
        says: `the policy lets it ${actionsOf(accesses)}, which accounts.json does not say, and its own permissions alone hold it back`,
        remedy: "declare it in accounts.json, or take out the statement that lets it in",
      });
    }
    this.tellOutcomes(outcomes);
  }

  /** Whoever administers a key must be let in by its policy: nobody could change it otherwise. */
  private checkAdministration({ administration, accountId, stack }: DeclaredResource): void {
    if (administration === undefined) return;
    const { arn } = this.checked.resource;
    const [role] = outsidersOf(arn.split(":")[1], accountId);
    const caller = this.tryCaller(role);
    if (caller === undefined) return;
    if (this.decideAlone(caller, { action: administration, arn }).result === "allowed") return;
    this.findings.push({
      kind: "missing",
      ...this.place(),
      says: `the policies of its own account do not let anybody ${administration}`,
      remedy: `deploy ${stack}, whose policy leaves that to the account`,
    });
  }

  /** Of accounts that are let in for some of their principals alone: the others must be refused. */
  private checkOutsiders(): void {
    const asked = new Set<string>();
    for (const way of this.ways.all) {
      for (const arn of way.outsiders) {
        if (asked.has(arn) || this.ways.admitting(asOutsider(arn)).length > 0) continue;
        asked.add(arn);
        const caller = this.tryCaller(arn);
        if (caller === undefined) continue;
        const admitted = this.asked
          .flatMap((asked) => {
            const use = way.uses.find((one) => this.ways.isUse(one, asked));
            return use === undefined
              ? []
              : [this.decide(this.requestOf(caller, asked, [{ way, use }]))];
          })
          .filter(({ result }) => result === "allowed");
        if (admitted.length === 0) continue;
        this.findings.push({
          kind: "wider",
          ...this.place(),
          statements: [...new Set(admitted.flatMap(statementsOf))],
          says: `every ${caller.kind} of account ${caller.accountId} gets in that has the permission`,
          remedy: "put the condition on aws:PrincipalArn back; a fresh synthesis has it",
        });
      }
    }
  }

  /** A role or user by its ARN, as a caller. */
  private tryCaller(arn: string): Caller | undefined {
    const parsed = tryParseIamArn(arn);
    if (parsed?.type !== "role" && parsed?.type !== "user") return undefined;
    const { type: kind, accountId } = parsed;
    const uniqueId = this.checked.estate.identities.get(arn)?.uniqueId;
    return { kind, arn, accountId, uniqueId, identityPolicies: [] };
  }

  /** A request that has what is demanded of it; where it is not declared, of all that the caller may do. */
  private requestOf(
    caller: Caller,
    { action, arn }: Question,
    admitting: readonly WayOfUse[] = this.admitting(accessBy(caller.arn, { action, arn })),
  ): AccessRequest {
    const { resource, estate } = this.checked;
    const { organizationId } = estate.identities.get(caller.arn) ?? {};
    const waysOfUse =
      admitting.length > 0
        ? admitting.slice(0, 1)
        : this.ways
            .admitting(asOutsider(caller.arn))
            .flatMap((way) => way.uses.map((use) => ({ way, use })));
    const context = waysOfUse
      .flatMap(demandsOf)
      .reduce((met, demand) => demand.met(met), { organizationId } as RequestContext);
    return { caller, action, resource: { arn, accountId: resource.accountId }, context };
  }

  private decideAlone(caller: Caller, asked: Question, policy = this.checked.resource.policy) {
    return this.decide(this.requestOf(caller, asked), policy);
  }

  /** What the whole policy says to a caller whose own policies allow everything. */
  private decide(
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
  private decidedBy(accesses: readonly ResourceAccess[]): readonly string[] {
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

  private isOwn(principal: string): boolean {
    return principal.split(":")[4] === this.checked.resource.accountId;
  }

  private isClosed(): boolean {
    return this.checked.declared?.isClosed === true;
  }

  private add(
    kind: FindingKind,
    principal: string,
    told: Pick<Finding, "says" | "remedy"> & Partial<Pick<Finding, "statements">>,
  ): void {
    this.findings.push({ kind, ...this.place(), principal, ...told });
  }

  private undecide(principal: string | undefined, says: string): void {
    this.undecided.push({
      ...this.place(),
      ...(principal !== undefined && { principal }),
      says,
    });
  }

  private place(): Omit<Told, "says"> {
    const { arn, accountId, origin, policyOrigins } = this.checked.resource;
    return { arn, accountId, origin: policyOrigins?.[0] ?? origin, statements: [] };
  }
}

function asRoleAccess({ principal, result, needs, by, resourceArn }: ResourceAccess): Access {
  return { roleArn: resourceArn, principal, result, needs, by: by === "grant" ? "principal" : by };
}

/** An access by an account-wide statement, if the principal has the permission. */
function asOutsider(principal: string): Access {
  return { roleArn: "", principal, result: "allowed", needs: [], by: "account" };
}

function accessBy(principal: string, { action, arn }: Question): ResourceAccess {
  return { resourceArn: arn, action, principal, result: "allowed", needs: [], by: "principal" };
}

function isTo({ action, resourceArn }: ResourceAccess, asked: Question): boolean {
  return action === asked.action && resourceArn === asked.arn;
}

function actionsOf(some: readonly { readonly action: string }[]): string {
  return [...new Set(some.map(({ action }) => action))].sort().join(" and ");
}

function keyOf({ principal, action, resourceArn }: ResourceAccess): string {
  return `${principal} ${action} ${resourceArn}`;
}
