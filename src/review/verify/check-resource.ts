import { checkExpectedUses } from "./check-expected-uses";
import { checkNamedPrincipals } from "./check-named-principals";
import { checkAdministration, checkOutsiders } from "./check-outsiders";
import { checkUses } from "./check-uses";
import type { DeclaredResource } from "./declared-resource";
import type { Verification } from "./finding";
import { ResourceFindings } from "./resource-findings";
import { ResourceJudge, type CheckedResource } from "./resource-judge";

/** Compares who can use a resource with what is declared, both ways. */
export function checkResource(checked: CheckedResource): Verification {
  const { declared, resource, estate } = checked;
  const findings = new ResourceFindings(resource);
  if (declared !== undefined) checkDeclared(checked, declared, findings);
  // What a stack says of another's, such as a grant, is on top of a policy that is its owner's.
  else if (estate.accounts.has(resource.accountId)) checkUndeclared(checked, findings);
  return findings;
}

function checkDeclared(
  checked: CheckedResource,
  declared: DeclaredResource,
  findings: ResourceFindings,
): void {
  const { resource, estate } = checked;
  const { keep } = declared;
  const judge = new ResourceJudge(checked);
  const found = judge.accesses();
  checkUses(checked, found, judge.accessesBy(keep), judge, findings);
  checkExpectedUses(declared, estate, found, judge, findings);
  if (typeof resource.policy === "object") {
    checkNamedPrincipals(resource.policy, keep, found, judge, findings);
  }
  checkAdministration(declared, resource.arn, judge, findings);
  checkOutsiders(judge, findings);
}

function checkUndeclared(checked: CheckedResource, findings: ResourceFindings): void {
  const { policy, grants } = checked.resource;
  if (policy === "unknown") {
    const says = "its policy cannot be read, so that others may use it undeclared";
    findings.undecide({ says });
    return;
  }
  if (policy === undefined && grants.length === 0) return;
  const judge = new ResourceJudge(checked);
  const found = judge.accesses();
  checkUses(checked, found, [], judge, findings);
  if (policy !== undefined) checkNamedPrincipals(policy, [], found, judge, findings);
}
