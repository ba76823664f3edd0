import type { Access } from "../../estate/access";
import type { Estate } from "../../estate/estate";
import type { Caller, RequestContext } from "../../iam/evaluation/request";
import type { DeclaredWay } from "./declared-way";
import { statementsOf, type RoleFindings } from "./role-findings";

/** A role's trusts, and the accesses that they are compared with. */
export interface CheckedTrusts {
  readonly estate: Estate;
  readonly ways: readonly DeclaredWay[];
  readonly found: readonly Access[];
  /** The accesses that there would be without control policies. */
  readonly withoutControls: () => readonly Access[];
}

/** Whether those who are meant get in, and those whom an account-wide trust leaves out do not. */
export function checkTrusts(checked: CheckedTrusts, findings: RoleFindings): void {
  for (const way of checked.ways) {
    for (const principal of way.expected) checkExpected(checked, principal, way, findings);
    for (const arn of way.outsiders) checkOutsider(checked, arn, way, findings);
  }
}

function checkExpected(
  { found, estate, withoutControls }: CheckedTrusts,
  principal: string,
  way: DeclaredWay,
  findings: RoleFindings,
): void {
  const isMeant = (one: Access): boolean => one.principal === principal && way.admits(one);
  const access = found.find(isMeant);
  const caller = estate.identities.get(principal);
  if (access?.result === "allowed" || (access !== undefined && caller === undefined)) return;
  if (access !== undefined) {
    findings.undecide(principal, "it is declared, and whether it gets in cannot be told");
    return;
  }
  if (estate.controlPolicies !== undefined && withoutControls().some(isMeant)) {
    findings.add("missing", {
      principal,
      says: "it is declared and a control policy denies it",
      remedy:
        "let it through in the control policies of both accounts, or take the trust out of accounts.json",
    });
    return;
  }
  const context = way.demands.reduce((met, demand) => demand.met(met), {} as RequestContext);
  const { kind = "user", accountId, uniqueId } = caller ?? {};
  const bare: Caller = { kind, arn: principal, accountId, uniqueId, identityPolicies: [] };
  const trusted = caller !== undefined && findings.decide(bare, context).result === "allowed";
  if (!trusted) {
    findings.add("missing", {
      principal,
      says: "it is declared and the trust policy does not let it in",
      remedy: `put the statement back and deploy ${findings.role.origin.stack}, or take the trust out of accounts.json`,
    });
    return;
  }
  findings.findings.push({
    kind: "trust without permission",
    accountId: caller.accountId,
    origin: caller.origin,
    statements: [],
    arn: findings.role.arn,
    principal,
    says: "the role trusts it, and it has no permission to assume the role",
    remedy: `give it sts:AssumeRole on the role, by deploying ${caller.origin.stack}`,
  });
}

/** A principal of the trusted account that an account-wide trust leaves out. */
function checkOutsider(
  { ways }: CheckedTrusts,
  arn: string,
  way: DeclaredWay,
  findings: RoleFindings,
): void {
  const access: Access = {
    roleArn: findings.role.arn,
    principal: arn,
    result: "allowed",
    needs: [],
    by: "account",
  };
  if (ways.some(({ admits }) => admits(access))) return;
  const kind = arn.includes(":user/") ? "user" : "role";
  const caller: Caller = { kind, arn, accountId: arn.split(":")[4], identityPolicies: [] };
  const context = way.demands.reduce((met, demand) => demand.met(met), {} as RequestContext);
  const decision = findings.decide(
    caller,
    kind === "role" ? { ...context, mfa: undefined } : context,
  );
  if (decision.result !== "allowed") return;
  findings.add("wider", {
    statements: statementsOf(decision),
    says: `every ${kind} of account ${arn.split(":")[4]} gets in that has the permission`,
    remedy: "put the condition on aws:PrincipalArn back; a fresh synthesis has it",
  });
}
