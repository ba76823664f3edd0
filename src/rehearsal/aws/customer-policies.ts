import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { MANAGED_POLICY_SIZE } from "../../iam/quotas";
import { deleteConflict, noSuchEntity, quotaExceeded } from "./aws-error";
import type { CustomerPolicy } from "./entities";
import type { SimulatedAccount } from "./simulated-account";
import { storedIdentityPolicy, type StoredPolicy } from "./stored-policy";

/** What a customer managed policy is made with. */
export interface NewPolicy {
  readonly name: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  /** @default - no description */
  readonly description?: string;
  readonly policy: ResolvedText;
  readonly origin: Origin;
}

/** CreatePolicy. */
export function createPolicy(account: SimulatedAccount, input: NewPolicy): CustomerPolicy {
  account.policies.requireFree(input.name);
  const path = input.path ?? "/";
  const created: CustomerPolicy = {
    name: input.name,
    path,
    arn: account.arnOf("policy", path, input.name),
    description: input.description,
    policy: sized(input.policy),
    origin: input.origin,
  };
  account.policies.put(created);
  return created;
}

/**
 * CreatePolicyVersion as the new default. Older versions are not kept: Terraform's provider deletes
 * the oldest one when there would be more than AWS allows.
 */
export function updatePolicy(
  account: SimulatedAccount,
  policyArn: string,
  policy: ResolvedText,
): void {
  account.policies.put({ ...requirePolicy(account, policyArn), policy: sized(policy) });
}

/** DeletePolicy: refused while the policy is attached or a permissions boundary. */
export function deletePolicy(account: SimulatedAccount, policyArn: string): void {
  const { name } = requirePolicy(account, policyArn);
  const bounded = [...account.roles.values(), ...account.users.values()];
  const isUsed =
    bounded.some(({ permissionsBoundary }) => permissionsBoundary === policyArn) ||
    [...bounded, ...account.groups.values()].some(({ attachedPolicies }) =>
      attachedPolicies.has(policyArn),
    );
  if (isUsed) throw deleteConflict("a policy attached to entities");
  account.policies.delete(name);
}

function requirePolicy(account: SimulatedAccount, policyArn: string): CustomerPolicy {
  const policy = account.tryGetPolicy(policyArn);
  if (policy === undefined) throw noSuchEntity("policy", policyArn);
  return policy;
}

function sized(policy: ResolvedText): StoredPolicy {
  const stored = storedIdentityPolicy(policy);
  if (stored.size > MANAGED_POLICY_SIZE) throw quotaExceeded("PolicySize", MANAGED_POLICY_SIZE);
  return stored;
}
