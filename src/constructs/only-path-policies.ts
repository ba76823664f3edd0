import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { Construct } from "constructs";
import type { GuardedAccount } from "../only-path/guarded-account";
import { onlyPathPolicies } from "../only-path/only-path";
import { policyJson } from "./terraform-json";

/** An account into which its declared trusts are to be the only way. */
export interface OnlyPathPoliciesProps {
  readonly guarded: GuardedAccount;
}

/**
 * The service and the resource control policy of a guarded account, attached to it. They stand in the
 * stack of the management account, whose organization has both policy types enabled.
 */
export class OnlyPathPolicies extends Construct {
  constructor(scope: Construct, id: string, { guarded }: OnlyPathPoliciesProps) {
    super(scope, id);
    const policies = onlyPathPolicies(guarded);
    for (const side of ["inside", "outside"] as const) {
      const { name, type, description, document } = policies[side];
      const policy = new OrganizationsPolicy(this, side, {
        name,
        type,
        description,
        content: policyJson(document),
      });
      new OrganizationsPolicyAttachment(this, `${side}-attachment`, {
        policyId: policy.id,
        targetId: guarded.accountId,
      });
    }
  }
}
