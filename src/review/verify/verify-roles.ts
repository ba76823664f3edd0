import { accessOf, type Access, type FoundRequests } from "../../estate/access";
import type { AccessCount } from "../../estate/judge";
import { withoutControlPolicies } from "../../estate/control-policies";
import type { Estate } from "../../estate/estate";
import { groupBy } from "../../model/group-by";
import type { Model } from "../../model/model";
import { checkAccesses } from "./check-accesses";
import { checkTrusts } from "./check-trusts";
import { Declarations } from "./declared-way";
import type { Finding, Told, Verification } from "./finding";
import { Orphans } from "./orphans";
import { RoleFindings } from "./role-findings";

/** Compares who can assume the roles of an estate with the trusts that are declared. */
export function verifyRoles(model: Model, estate: Estate, count?: AccessCount): Verification {
  const requests: FoundRequests = new WeakMap();
  const accesses = groupBy(accessOf(estate, { count, requests }), ({ roleArn }) => roleArn);
  let uncontrolled: ReadonlyMap<string, readonly Access[]> | undefined;
  const withoutControls = (roleArn: string): readonly Access[] => {
    uncontrolled ??= groupBy(accessOf(withoutControlPolicies(estate)), (one) => one.roleArn);
    return uncontrolled.get(roleArn) ?? [];
  };
  const declarations = new Declarations(model);
  const orphans = new Orphans(model);
  const declared = new Map(model.roles.map((role) => [role.arn, role]));
  const findings: Finding[] = [];
  const undecided: Told[] = [];
  for (const identity of estate.identities.values()) {
    if (identity.kind !== "role" || !identity.defined) continue;
    const role = declared.get(identity.arn);
    const ways = (role?.trusts ?? []).map((trust) => declarations.wayOf(trust));
    const found = accesses.get(identity.arn) ?? [];
    const checked = { estate, requests, isDeclared: role !== undefined, ways, found };
    const ofRole = new RoleFindings(identity, count);
    checkAccesses(checked, ofRole);
    checkTrusts({ ...checked, withoutControls: () => withoutControls(identity.arn) }, ofRole);
    findings.push(...orphans.ofRole(identity), ...ofRole.findings);
    undecided.push(...ofRole.undecided);
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
