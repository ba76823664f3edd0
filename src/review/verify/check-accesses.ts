import type { Access, FoundRequests } from "../../estate/access";
import type { Estate } from "../../estate/estate";
import { compilePolicy } from "../../iam/evaluation/compiled-policy";
import type { AccessRequest } from "../../iam/evaluation/request";
import { checkDemands } from "./check-demands";
import type { DeclaredWay } from "./declared-way";
import { isOrphan, isService } from "./principal-kinds";
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

/** Whether those who get in are those who are meant, by what is meant, with what is demanded. */
export function checkAccesses(checked: CheckedAccesses, findings: RoleFindings): void {
  for (const access of checked.found) checkAccess(checked, access, findings);
}

function checkAccess(checked: CheckedAccesses, access: Access, findings: RoleFindings): void {
  const { isDeclared, ways, requests, estate } = checked;
  const { principal, result } = access;
  const request = requests.get(access);
  if (isOrphan(principal)) return;
  // A service's own trust in a role that accounts.json does not have lets no other account in.
  if (!isDeclared && isService(principal)) return;
  const admitting = ways.filter(({ admits }) => admits(access));
  if (admitting.length === 0) {
    const unreadable =
      estate.identities.has(principal) || typeof findings.role.trustPolicy !== "object";
    if (result === "unknown" && unreadable) {
      findings.undecide(principal, "it cannot be told whether it gets in, which no trust declares");
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
  if (request !== undefined) checkDemandsOf(access, admitting, request, findings);
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
function checkDemandsOf(
  { principal }: Access,
  admitting: readonly DeclaredWay[],
  request: AccessRequest,
  findings: RoleFindings,
): void {
  const { trustPolicy } = findings.role;
  if (typeof trustPolicy !== "object") return;
  const outcomes = checkDemands({
    demands: admitting.map(({ demands }) => demands),
    request,
    statements: compilePolicy(trustPolicy, "resource"),
    decide: (context) => findings.decide(request.caller, context),
  });
  for (const { kind, says, decision } of outcomes) {
    if (kind === "undecided") findings.undecide(principal, says);
    else {
      findings.add(kind, {
        principal,
        statements: decision === undefined ? [] : statementsOf(decision),
        says,
        remedy: REMEDY,
      });
    }
  }
}

const REMEDY = "put the condition back; a fresh synthesis has it";
