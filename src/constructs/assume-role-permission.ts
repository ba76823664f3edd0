import { createHash } from "node:crypto";
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

/** IAM's limit on a managed policy's name. */
const MAX_POLICY_NAME_LENGTH = 128;

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
      name: managedPolicyName(kind, name, number),
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

/**
 * Unique in the account: kind and name of the identity are part of it. Where that would be longer
 * than IAM allows, the name's end gives way to a hash of it.
 */
function managedPolicyName(kind: string, name: string, number: number): string {
  const full = `${POLICY_NAME}-${kind}-${name}-${number}`;
  if (full.length <= MAX_POLICY_NAME_LENGTH) return full;
  const hash = createHash("sha256").update(full).digest("hex").slice(0, 12);
  return `${full.slice(0, MAX_POLICY_NAME_LENGTH - hash.length - 1)}-${hash}`;
}
