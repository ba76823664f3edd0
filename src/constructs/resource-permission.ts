import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachment } from "@cdktf/provider-aws/lib/iam-group-policy-attachment";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { IamUserPolicyAttachment } from "@cdktf/provider-aws/lib/iam-user-policy-attachment";
import { Construct } from "constructs";
import { policyDocument, policySize, type Statement } from "../iam/policy-document";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE, type IdentityKind } from "../iam/quotas";
import { mergeStatements } from "../sharing/merge-statements";
import { tooManyResourcesToUse } from "./errors";
import { managedPolicyName } from "./managed-policy-name";
import { policyJson } from "./terraform-json";

/** Who uses what is shared: the role or user that it is shared with, or a group of such users. */
export interface UsingIdentity {
  readonly kind: IdentityKind;
  readonly name: string;
  /** The name as a reference to the identity's resource. @default - the name itself */
  readonly nameReference?: string;
  /** `managed`: for one that is not ours, whose inline policies stay alone. @default "inline" */
  readonly placement?: "inline" | "managed";
}

/** Who may use which resources of other accounts. */
export interface ResourcePermissionProps {
  readonly identity: UsingIdentity;
  /** Identity halves of what is shared with it (`identityHalf`); at least one. */
  readonly statements: readonly Statement[];
}

const POLICY_NAME = "CrossAccountUse";

/**
 * The other half of what is shared across accounts, in the using account: the policy by which a role
 * or user may use exactly those resources. Throws when the identity's quota cannot hold it.
 */
export class ResourcePermission extends Construct {
  constructor(scope: Construct, id: string, { identity, statements }: ResourcePermissionProps) {
    super(scope, id);
    const { kind, name, placement = "inline" } = identity;
    const document = policyDocument(mergeStatements(statements));
    const quota = placement === "managed" ? MANAGED_POLICY_SIZE : INLINE_POLICIES_SIZE[kind];
    if (policySize(document) > quota) {
      throw tooManyResourcesToUse(`${kind} ${name}`, policySize(document), quota);
    }
    if (placement === "managed") this.attachPolicy(identity, policyJson(document));
    else this.addInlinePolicy(identity, policyJson(document));
  }

  private addInlinePolicy(
    { kind, name, nameReference = name }: UsingIdentity,
    policy: string,
  ): void {
    const common = { name: POLICY_NAME, policy };
    switch (kind) {
      case "role":
        new IamRolePolicy(this, "policy", { ...common, role: nameReference });
        return;
      case "user":
        new IamUserPolicy(this, "policy", { ...common, user: nameReference });
        return;
      case "group":
        new IamGroupPolicy(this, "policy", { ...common, group: nameReference });
    }
  }

  private attachPolicy({ kind, name, nameReference = name }: UsingIdentity, policy: string): void {
    const { arn: policyArn } = new IamPolicy(this, "policy", {
      name: managedPolicyName(`${POLICY_NAME}-${kind}-${name}`),
      description: `Resources of other accounts that ${kind} ${name} may use`,
      policy,
    });
    switch (kind) {
      case "role":
        new IamRolePolicyAttachment(this, "attachment", { role: nameReference, policyArn });
        return;
      case "user":
        new IamUserPolicyAttachment(this, "attachment", { user: nameReference, policyArn });
        return;
      case "group":
        new IamGroupPolicyAttachment(this, "attachment", { group: nameReference, policyArn });
    }
  }
}
