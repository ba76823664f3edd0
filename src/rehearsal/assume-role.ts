import { evaluateAssumeRole } from "../iam/evaluation/evaluate-assume-role";
import type { PolicyDocument } from "../iam/policy-document";
import { tryParseIamArn } from "../iam/arn";
import { controlPoliciesOf } from "./aws/control-policies";
import { assumeRoleDenied } from "./aws/aws-error";
import type { SimulatedRole } from "./aws/entities";
import { shownPolicy } from "./aws/pinned-policy";
import { callerOf } from "./caller";
import { callerArn, type Principal } from "./principal";
import type { SimulatedAws } from "./simulated-aws";

/** What an AssumeRole request carries besides its caller. */
export interface AssumeRoleOptions {
  /** @default "crosstrust" */
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** What the session may do at most. @default - whatever the role may */
  readonly sessionPolicies?: readonly PolicyDocument[];
}

/**
 * AssumeRole: the new session, or AWS's `AccessDenied` with our reason. Decided by the policies that
 * the simulated accounts hold now; what cannot be known of them counts as denied.
 */
export function assumeRole(
  aws: SimulatedAws,
  principal: Principal,
  roleArn: string,
  options: AssumeRoleOptions = {},
): Principal {
  const callerAccount = aws.account(principal.accountId);
  const caller = callerOf(callerAccount, principal);
  const role = tryFindRole(aws, roleArn);
  if (role === undefined) {
    throw assumeRoleDenied(callerArn(principal), roleArn, "The role does not exist.");
  }
  const roleAccount = aws.account(role.accountId);
  const sessionName = options.sessionName ?? "crosstrust";
  const decision = evaluateAssumeRole({
    caller,
    role: {
      arn: roleArn,
      accountId: role.accountId,
      trustPolicy: shownPolicy(role.found.trust, roleAccount.directory).document,
      resourceControlPolicies: controlPoliciesOf(roleAccount, "resource"),
    },
    context: {
      mfa: principal.mfa,
      roleSessionName: sessionName,
      externalId: options.externalId,
      sourceIdentity: options.sourceIdentity,
      sessionTags: options.tags,
      transitiveTagKeys: options.transitiveTagKeys,
      organizationId: callerAccount.organizationId,
    },
  });
  if (decision.result !== "allowed") {
    throw assumeRoleDenied(callerArn(principal), roleArn, decision.reason);
  }
  return {
    kind: "role",
    arn: roleArn,
    accountId: role.accountId,
    sessionName,
    mfa: false,
    sessionPolicies: options.sessionPolicies ?? [],
    sourceIdentity: principal.sourceIdentity ?? options.sourceIdentity,
  };
}

function tryFindRole(
  aws: SimulatedAws,
  roleArn: string,
): { readonly found: SimulatedRole; readonly accountId: string } | undefined {
  const arn = tryParseIamArn(roleArn);
  if (arn?.type !== "role" || arn.accountId === "aws") return undefined;
  const found = aws.account(arn.accountId).roles.tryGet(arn.name);
  return found?.arn === roleArn ? { found, accountId: arn.accountId } : undefined;
}
