import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachment } from "@cdktf/provider-aws/lib/iam-group-policy-attachment";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { IamUserPolicyAttachment } from "@cdktf/provider-aws/lib/iam-user-policy-attachment";
import { Construct } from "constructs";
import { otherHalf, type OtherHalfIdentity } from "../iam/other-half";
import type { PolicyDocument } from "../iam/policy-document";
import { tooManyRolesToAssume } from "./errors";
import { managedPolicyName } from "./managed-policy-name";
import { policyJson } from "./terraform-json";

/** The identity in the trusted account that is to assume roles, and the room its quotas leave. */
export interface AssumingIdentity extends OtherHalfIdentity {
  readonly name: string;
  /** The name as a reference to the identity's resource. @default - the name itself */
  readonly nameReference?: string;
}

/** Who may assume which roles. */
export interface AssumeRolePermissionProps {
  readonly identity: AssumingIdentity;
  /** ARNs of the roles in the trusting accounts; no wildcards. */
  readonly roleArns: readonly string[];
}

/** Name of the policy that grants it: AWS's own tutorials call it so. */
const POLICY_NAME = "CrossAccountAssumeRole";

/**
 * The other half of cross-account access, in the trusted account: `sts:AssumeRole` on exactly the
 * role ARNs. An inline policy where it fits the identity's quota, else numbered customer managed
 * policies. Throws when the identity's quotas cannot hold it.
 */
export class AssumeRolePermission extends Construct {
  private readonly identity: AssumingIdentity;

  constructor(scope: Construct, id: string, { identity, roleArns }: AssumeRolePermissionProps) {
    super(scope, id);
    this.identity = identity;
    const half = otherHalf(roleArns, identity);
    switch (half.kind) {
      case "none":
        return;
      case "inline":
        this.addInlinePolicy(half.policy);
        return;
      case "managed":
        for (const { number, policy } of half.policies) this.addManagedPolicy(number, policy);
        return;
      case "overflow":
        throw tooManyRolesToAssume(`${identity.kind} ${identity.name}`, roleArns.length, half.fits);
    }
  }

  private addInlinePolicy(document: PolicyDocument): void {
    const name = this.identity.nameReference ?? this.identity.name;
    const policy = { name: POLICY_NAME, policy: policyJson(document) };
    switch (this.identity.kind) {
      case "role":
        new IamRolePolicy(this, "policy", { ...policy, role: name });
        return;
      case "user":
        new IamUserPolicy(this, "policy", { ...policy, user: name });
        return;
      case "group":
        new IamGroupPolicy(this, "policy", { ...policy, group: name });
    }
  }

  private addManagedPolicy(number: number, document: PolicyDocument): void {
    const { kind, name } = this.identity;
    const { arn: policyArn } = new IamPolicy(this, `policy-${number}`, {
      // Unique in the account.
      name: managedPolicyName(`${POLICY_NAME}-${kind}-${name}-${number}`),
      description: `Roles that ${kind} ${name} may assume in other accounts`,
      policy: policyJson(document),
    });
    const identity = this.identity.nameReference ?? name;
    const id = `attachment-${number}`;
    switch (kind) {
      case "role":
        new IamRolePolicyAttachment(this, id, { role: identity, policyArn });
        return;
      case "user":
        new IamUserPolicyAttachment(this, id, { user: identity, policyArn });
        return;
      case "group":
        new IamGroupPolicyAttachment(this, id, { group: identity, policyArn });
    }
  }
}
