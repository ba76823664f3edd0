import type { Access, FoundRequests } from "../../estate/access";
import type { Estate } from "../../estate/estate";
import type { AccessRequest } from "../../iam/evaluation/request";
import type { DeclaredWay } from "./declared-way";
import { statementsOf, type RoleFindings } from "./role-findings";

/** A role's accesses, and the trusts that they are compared with. */
export interface CheckedAccesses {
  readonly estate: Estate;
  readonly requests: FoundRequests;
  /** Whether accounts.json has the role. */
  readonly isDeclared: boolean;
  readonly ways: readonly DeclaredWay[];
  readonly found: readonly Access[];
}

/** A service's own trust in a role that accounts.json does not have lets no other account in. */
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

/** AWS shows it in place of the ARN of a role or user that is no more. */
const UNIQUE_ID = /^A(ROA|IDA)[A-Z0-9]+$/;

/** Whether those who get in are those who are meant, by what is meant, with what is demanded. */
export function checkAccesses(checked: CheckedAccesses, findings: RoleFindings): void {
  for (const access of checked.found) checkAccess(checked, access, findings);
}

function checkAccess(checked: CheckedAccesses, access: Access, findings: RoleFindings): void {
  const { isDeclared, ways, requests, estate } = checked;
  const { principal, result } = access;
  const request = requests.get(access);
  if (!isDeclared && SERVICE.test(principal)) return;
  if (UNIQUE_ID.test(principal)) {
    findings.add("orphan", {
      principal,
      says: "the trust policy names the unique ID of a principal that was deleted",
      remedy: `run crosstrust confirm to see who was recreated, and deploy ${findings.role.origin.stack}`,
    });
    return;
  }
  const admitting = ways.filter(({ admits }) => admits(access));
  if (admitting.length === 0) {
    const unreadable =
      estate.identities.has(principal) || typeof findings.role.trustPolicy !== "object";
    if (result === "unknown" && unreadable) {
      findings.undecide(principal, "a policy cannot be read, so that it may get in undeclared");
      return;
    }
    findings.add("not declared", {
      principal,
      statements: findings.decidedBy(request),
      says: isDeclared
        ? "it gets in, and no trust of the role in accounts.json names it"
        : "it gets in to a role that accounts.json does not have",
      remedy: "declare it in accounts.json, or take out the statement that lets it in",
    });
    return;
  }
  checkStage(access, admitting, request, findings);
  if (request !== undefined) checkDemands(access, admitting, request, findings);
}

function checkStage(
  { principal, by }: Access,
  admitting: readonly DeclaredWay[],
  request: AccessRequest | undefined,
  findings: RoleFindings,
): void {
  if (by === "principal" || by === "unique ID") return;
  if (!admitting.every(({ tightened }) => tightened === principal)) return;
  findings.add("wider", {
    principal,
    statements: findings.decidedBy(request),
    says: "it is confirmed and trusted by its account still",
    remedy: `deploy ${findings.role.origin.stack}, whose trust names the principal itself`,
  });
}

/** What all trusts demand that may have let it in. */
function checkDemands(
  { principal }: Access,
  admitting: readonly DeclaredWay[],
  request: AccessRequest,
  findings: RoleFindings,
): void {
  const [first, ...others] = admitting;
  const common = first.demands.filter(({ label }) =>
    others.every(({ demands }) => demands.some((demand) => demand.label === label)),
  );
  for (const demand of common) {
    const met = first.demands.reduce((context, each) => each.met(context), request.context);
    const decisions = demand.unmet(met).map((context) => findings.decide(request.caller, context));
    const admitted = decisions.find(({ result }) => result === "allowed");
    if (admitted !== undefined) {
      findings.add("wider", {
        principal,
        statements: statementsOf(admitted),
        says: `it gets in without ${demand.label}`,
        remedy: "put the condition back; a fresh synthesis has it",
      });
    } else if (decisions.some(({ result }) => result === "unknown")) {
      findings.undecide(principal, `whether it gets in without ${demand.label} cannot be told`);
    }
  }
}
