import { accountPrincipalArn } from "../iam/arn";
import { policyDocument } from "../iam/policy-document";
import { attachPolicy } from "./aws/holder-policies";
import { createRole } from "./aws/roles";
import { createUser } from "./aws/users-and-groups";
import { principalOf, type Principal } from "./principal";
import type { SimulatedAws } from "./simulated-aws";

/** Stack name in the origin of what no stack makes. */
export const OUTSIDE = "(outside of the stacks)";

/**
 * Makes an IAM user with AdministratorAccess: the management account's administrator, or who stands
 * behind an account's named profile.
 */
export function seedAdministrator(
  aws: SimulatedAws,
  accountId: string,
  userName = "administrator",
): Principal {
  const account = aws.account(accountId);
  const origin = { stack: OUTSIDE, address: account.arnOf("user", "/", userName) };
  const user = createUser(account, { name: userName, origin });
  attachPolicy(account, user, administratorAccess(aws), origin);
  return principalOf(user.arn);
}

/**
 * Makes the role that AWS Organizations makes in a new member account: AdministratorAccess, trusting
 * the management account.
 */
export function seedAccessRole(
  aws: SimulatedAws,
  accountId: string,
  managementAccountId: string,
  roleName = "OrganizationAccountAccessRole",
): Principal {
  return seedRole(aws, accountId, {
    name: roleName,
    trustPolicy: JSON.stringify(
      policyDocument([
        {
          Effect: "Allow",
          Principal: { AWS: accountPrincipalArn(aws.partition, managementAccountId) },
          Action: "sts:AssumeRole",
        },
      ]),
    ),
    managedPolicyArns: [administratorAccess(aws)],
  });
}

/** A role that existed before the rollout, such as one of `firstDeployers` or an `existing` one. */
export function seedRole(
  aws: SimulatedAws,
  accountId: string,
  role: {
    readonly name: string;
    /** @default "/" */
    readonly path?: string;
    /** JSON of the trust policy. */
    readonly trustPolicy: string;
    /** @default - none */
    readonly managedPolicyArns?: readonly string[];
  },
): Principal {
  const account = aws.account(accountId);
  const origin = { stack: OUTSIDE, address: account.arnOf("role", role.path ?? "/", role.name) };
  const created = createRole(account, { ...role, origin });
  for (const arn of role.managedPolicyArns ?? []) attachPolicy(account, created, arn, origin);
  return principalOf(created.arn);
}

function administratorAccess(aws: SimulatedAws): string {
  return `arn:${aws.partition}:iam::aws:policy/AdministratorAccess`;
}
