import { accessOf, type Access, type FoundRequests } from "../../estate/access";
import type { AccessCount } from "../../estate/judge";
import type { Estate, Identity } from "../../estate/estate";
import { evaluateAssumeRole } from "../../iam/evaluation/evaluate-assume-role";
import type { AccessRequest, Caller, Decision, RequestContext } from "../../iam/evaluation/request";
import { policyDocument, policySize } from "../../iam/policy-document";
import { groupBy } from "../../model/group-by";
import type { Model, Role } from "../../model/model";
import { Declarations, type DeclaredWay } from "./declared-way";
import type { Finding, FindingKind, Told, Verification } from "./finding";

/** Compares who can assume the roles of an estate with the trusts that are declared. */
export function verifyRoles(model: Model, estate: Estate, count?: AccessCount): Verification {
  const requests: FoundRequests = new WeakMap();
  const accesses = groupBy(accessOf(estate, { count, requests }), ({ roleArn }) => roleArn);
  const declarations = new Declarations(model);
  const declared = new Map(model.roles.map((role) => [role.arn, role]));
  const findings: Finding[] = [];
  const undecided: Told[] = [];
  for (const identity of estate.identities.values()) {
    if (identity.kind !== "role" || !identity.defined) continue;
    const role = declared.get(identity.arn);
    const ways = (role?.trusts ?? []).map((trust) => declarations.wayOf(trust));
    const found = accesses.get(identity.arn) ?? [];
    const checked = { identity, role, ways, found, estate, requests, findings, undecided, count };
    new RoleCheck(checked).run();
  }
  findings.push(...missingRoles(model, estate));
  return { findings, undecided };
}

function missingRoles({ roles }: Model, { identities }: Estate): readonly Finding[] {
  return roles
    .filter(({ arn, ownership }) => ownership !== "existing" && !identities.get(arn)?.defined)
    .map(({ arn, account, stack }) => ({
      kind: "missing",
      accountId: account.id,
      origin: { stack, address: "" },
      statements: [],
      arn,
      says: "the role is declared and no stack has it",
      remedy: `deploy ${stack}, or take the role out of accounts.json`,
    }));
}

interface Checked {
  readonly identity: Identity;
  /** Undefined: accounts.json does not have it. */
  readonly role?: Role;
  readonly ways: readonly DeclaredWay[];
  readonly found: readonly Access[];
  readonly estate: Estate;
  readonly requests: FoundRequests;
  readonly findings: Finding[];
  readonly undecided: Told[];
  readonly count?: AccessCount;
}

/** A service's own trust in a role that accounts.json does not have lets no other account in. */
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

class RoleCheck {
  constructor(private readonly checked: Checked) {}

  run(): void {
    const { identity, role, ways, found } = this.checked;
    for (const access of found) this.checkAccess(access);
    for (const way of ways) {
      for (const principal of way.expected) this.checkExpected(principal, way);
      for (const arn of way.outsiders) this.checkOutsider(arn, way);
    }
    const { trustPolicy } = identity;
    if (role === undefined || typeof trustPolicy !== "object") return;
    const size = policySize(trustPolicy);
    const quota = role.account.quotas.trustPolicy;
    if (size <= quota) return;
    this.add("over quota", {
      says: `the trust policy has ${size} characters, the account's quota is ${quota}`,
      remedy: "let fewer principals in, or raise the quota and say so in quotas.trustPolicy",
    });
  }

  private checkAccess(access: Access): void {
    const { role, ways, requests, estate, identity } = this.checked;
    const { principal, result } = access;
    const request = requests.get(access);
    if (role === undefined && SERVICE.test(principal)) return;
    const admitting = ways.filter(({ admits }) => admits(access));
    if (admitting.length === 0) {
      const unreadable =
        estate.identities.has(principal) || typeof identity.trustPolicy !== "object";
      if (result === "unknown" && unreadable) {
        this.undecide(principal, "a policy cannot be read, so that it may get in undeclared");
        return;
      }
      this.add("not declared", {
        principal,
        statements: this.decidedBy(request),
        says:
          role === undefined
            ? "it gets in to a role that accounts.json does not have"
            : "it gets in, and no trust of the role in accounts.json names it",
        remedy: "declare it in accounts.json, or take out the statement that lets it in",
      });
      return;
    }
    this.checkStage(access, admitting, request);
    if (request !== undefined) this.checkDemands(access, admitting, request);
  }

  private checkStage(
    { principal, by }: Access,
    admitting: readonly DeclaredWay[],
    request: AccessRequest | undefined,
  ): void {
    if (by === "principal" || by === "unique ID") return;
    if (!admitting.every(({ tightened }) => tightened === principal)) return;
    this.add("wider", {
      principal,
      statements: this.decidedBy(request),
      says: "it is confirmed and trusted by its account still",
      remedy: `deploy ${this.checked.identity.origin.stack}, whose trust names the principal itself`,
    });
  }

  /** What all trusts demand that may have let it in. */
  private checkDemands(
    { principal }: Access,
    admitting: readonly DeclaredWay[],
    request: AccessRequest,
  ): void {
    const [first, ...others] = admitting;
    const common = first.demands.filter(({ label }) =>
      others.every(({ demands }) => demands.some((demand) => demand.label === label)),
    );
    for (const demand of common) {
      const met = first.demands.reduce((context, each) => each.met(context), request.context);
      const decisions = demand.unmet(met).map((context) => this.decide(request.caller, context));
      const admitted = decisions.find(({ result }) => result === "allowed");
      if (admitted !== undefined) {
        this.add("wider", {
          principal,
          statements: statementsOf(admitted),
          says: `it gets in without ${demand.label}`,
          remedy: "put the condition back; a fresh synthesis has it",
        });
      } else if (decisions.some(({ result }) => result === "unknown")) {
        this.undecide(principal, `whether it gets in without ${demand.label} cannot be told`);
      }
    }
  }

  private checkExpected(principal: string, way: DeclaredWay): void {
    const { found, estate, identity } = this.checked;
    const access = found.find((one) => one.principal === principal && way.admits(one));
    const caller = estate.identities.get(principal);
    if (access?.result === "allowed" || (access !== undefined && caller === undefined)) return;
    if (access !== undefined) {
      this.undecide(principal, "it is declared, and whether it gets in cannot be told");
      return;
    }
    const context = way.demands.reduce((met, demand) => demand.met(met), {} as RequestContext);
    const { kind = "user", accountId, uniqueId } = caller ?? {};
    const bare: Caller = { kind, arn: principal, accountId, uniqueId, identityPolicies: [] };
    const trusted = caller !== undefined && this.decide(bare, context).result === "allowed";
    if (!trusted) {
      this.add("missing", {
        principal,
        says: "it is declared and the trust policy does not let it in",
        remedy: `put the statement back and deploy ${identity.origin.stack}, or take the trust out of accounts.json`,
      });
      return;
    }
    this.checked.findings.push({
      kind: "trust without permission",
      accountId: caller.accountId,
      origin: caller.origin,
      statements: [],
      arn: identity.arn,
      principal,
      says: "the role trusts it, and it has no permission to assume the role",
      remedy: `give it sts:AssumeRole on the role, by deploying ${caller.origin.stack}`,
    });
  }

  /** A principal of the trusted account that an account-wide trust leaves out. */
  private checkOutsider(arn: string, way: DeclaredWay): void {
    const { ways } = this.checked;
    const access: Access = {
      roleArn: this.checked.identity.arn,
      principal: arn,
      result: "allowed",
      needs: [],
      by: "account",
    };
    if (ways.some(({ admits }) => admits(access))) return;
    const kind = arn.includes(":user/") ? "user" : "role";
    const caller: Caller = { kind, arn, accountId: arn.split(":")[4], identityPolicies: [] };
    const context = way.demands.reduce((met, demand) => demand.met(met), {} as RequestContext);
    const decision = this.decide(
      caller,
      kind === "role" ? { ...context, mfa: undefined } : context,
    );
    if (decision.result !== "allowed") return;
    this.add("wider", {
      statements: statementsOf(decision),
      says: `every ${kind} of account ${arn.split(":")[4]} gets in that has the permission`,
      remedy: "put the condition on aws:PrincipalArn back; a fresh synthesis has it",
    });
  }

  /** What the trust policy says to a caller whose own policies allow everything. */
  private decide(caller: Caller, context: RequestContext): Decision {
    const { identity, count } = this.checked;
    if (count !== undefined) count.evaluations += 1;
    const { arn, accountId, trustPolicy = "unknown" } = identity;
    const isAws = caller.accountId !== undefined;
    return evaluateAssumeRole({
      caller: isAws
        ? { ...caller, identityPolicies: [ANYTHING], permissionsBoundary: undefined }
        : caller,
      role: { arn, accountId, trustPolicy },
      context,
    });
  }

  private decidedBy(request: AccessRequest | undefined): readonly string[] {
    return request === undefined ? [] : statementsOf(this.decide(request.caller, request.context));
  }

  private add(
    kind: FindingKind,
    told: Pick<Finding, "says" | "remedy"> & Partial<Pick<Finding, "principal" | "statements">>,
  ): void {
    const { findings } = this.checked;
    findings.push({ kind, ...this.place(), ...told });
  }

  private undecide(principal: string, says: string): void {
    this.checked.undecided.push({ ...this.place(), principal, says });
  }

  private place(): Omit<Told, "says"> {
    const { arn, accountId, origin } = this.checked.identity;
    return { arn, accountId, origin, statements: [] };
  }
}

const ANYTHING = {
  name: "allow everything",
  document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
};

function statementsOf({ decidedBy }: Decision): readonly string[] {
  return decidedBy
    .filter(({ policy }) => policy !== ANYTHING.name)
    .map(({ policy, statement, sid }) =>
      sid === undefined
        ? `${policy}, statement ${statement}`
        : `${policy}, statement ${statement} (${sid})`,
    );
}
