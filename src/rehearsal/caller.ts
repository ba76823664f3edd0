import { tryParseIamArn } from "../iam/arn";
import type { Caller } from "../iam/evaluation/request";
import { controlPoliciesOf } from "./aws/control-policies";
import { invalidCredentials } from "./aws/aws-error";
import type { SimulatedRole, SimulatedUser } from "./aws/entities";
import type { SimulatedAccount } from "./aws/simulated-account";
import { identityPoliciesOf, permissionsBoundaryOf } from "./identity-policies";
import type { Principal } from "./principal";

/**
 * A principal of the account as its requests are judged, with the policies that it has now. Refused
 * when it does not exist (any more).
 */
export function callerOf(account: SimulatedAccount, principal: Principal): Caller {
  const identity = identityBehind(account, principal);
  return {
    kind: identity.kind,
    arn: identity.arn,
    accountId: principal.accountId,
    uniqueId: identity.uniqueId,
    ...(principal.kind === "role" && { sessionName: principal.sessionName }),
    identityPolicies: identityPoliciesOf(account, identity),
    permissionsBoundary: permissionsBoundaryOf(account, identity),
    sessionPolicies: principal.sessionPolicies,
    sourceIdentity: principal.sourceIdentity,
    serviceControlPolicies: controlPoliciesOf(account, "service"),
  };
}

/** The role or user behind a principal of the account; refused when it does not exist (any more). */
export function identityBehind(
  account: SimulatedAccount,
  principal: Principal,
): SimulatedRole | SimulatedUser {
  const name = tryParseIamArn(principal.arn)?.name ?? "";
  const identity =
    principal.kind === "role" ? account.roles.tryGet(name) : account.users.tryGet(name);
  if (identity?.arn !== principal.arn) throw invalidCredentials(principal.arn);
  return identity;
}
