import type { AccessCount } from "../../estate/judge";
import type { Estate } from "../../estate/estate";
import type { Model } from "../../model/model";
import type { Verification } from "./finding";
import { verifyControlPolicies } from "./verify-control-policies";
import { verifyPermissions } from "./verify-permissions";
import { verifyQuotas } from "./verify-quotas";
import { verifyResources } from "./verify-resources";
import { verifyRoles } from "./verify-roles";

/**
 * Compares who can assume which role on an estate with what accounts.json declares, both ways. What is
 * declared is read from the trusts themselves, never from the policies that the stacks make of them, so
 * that a mistake in those does not hide. The cost grows with accounts and accesses.
 */
export function verify(model: Model, estate: Estate, count?: AccessCount): Verification {
  const { findings, undecided } = verifyRoles(model, estate, count);
  const resources = verifyResources(model, estate, count);
  const controls = verifyControlPolicies(model, estate, count);
  const unread = estate.unknowns
    .filter(({ bearing }) => bearing === "access")
    .map(({ origin, attribute, reason }) => ({
      accountId: "",
      origin,
      statements: [],
      arn: "",
      says: `${attribute} cannot be read: ${reason}`,
    }));
  return {
    findings: [
      ...findings,
      ...resources.findings,
      ...controls.findings,
      ...verifyPermissions(model, estate),
      ...verifyQuotas(model, estate),
    ],
    undecided: [...undecided, ...resources.undecided, ...controls.undecided, ...unread],
  };
}
