import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamGroupPolicy } from "@cdktf/provider-aws/lib/iam-group-policy";
import { IamGroupPolicyAttachment } from "@cdktf/provider-aws/lib/iam-group-policy-attachment";
import { IamGroupMembership } from "@cdktf/provider-aws/lib/iam-group-membership";
import { Construct } from "constructs";
import type { Partition } from "../iam/arn";
import { policyDocument, type Statement } from "../iam/policy-document";
import { selfManagedMfaPolicy } from "../iam/self-managed-mfa";
import { managedPolicyId } from "./managed-policy-id";
import { policyJson } from "./terraform-json";

/** An IAM group of the trusted account, with its members. */
export interface CrossAccountGroupProps {
  readonly groupName: string;
  /** Begins and ends with a slash. @default "/" */
  readonly path?: string;
  /** Names of users, or references to them. The group has these members and no others. */
  readonly userNames: readonly string[];
  /** ARNs of managed policies that are attached. @default - none */
  readonly managedPolicyArns?: readonly string[];
  /** What members may do in their own account, as the inline policy `permissions`. @default - none */
  readonly statements?: readonly Statement[];
  /**
   * The account, 12 digits, in which members set up their own MFA device and may do nothing else without
   * one (`selfManagedMfaPolicy`).
   * @default - no such policy
   */
  readonly selfManagedMfaIn?: { readonly accountId: string; readonly partition?: Partition };
  /** `import`: the group exists and is taken over; its membership is replaced. @default "define" */
  readonly ownership?: "define" | "import";
}

/** An IAM group: what its members may assume is its policy, so a new member changes this account alone. */
export class CrossAccountGroup extends Construct {
  private readonly group: IamGroup;

  constructor(scope: Construct, id: string, props: CrossAccountGroupProps) {
    super(scope, id);
    this.group = new IamGroup(this, "group", { name: props.groupName, path: props.path ?? "/" });
    if (props.ownership === "import") this.group.importFrom(props.groupName);
    this.addPolicies(props);
    if (props.userNames.length > 0) {
      new IamGroupMembership(this, "members", {
        name: `${props.groupName}-members`,
        group: this.group.name,
        users: [...props.userNames],
      });
    }
  }

  private addPolicies({
    managedPolicyArns = [],
    statements = [],
    selfManagedMfaIn: mfa,
  }: CrossAccountGroupProps): void {
    const group = this.group.name;
    if (statements.length > 0) {
      const policy = policyJson(policyDocument(statements));
      new IamGroupPolicy(this, "permissions", { name: "permissions", group, policy });
    }
    if (mfa !== undefined) {
      const document = selfManagedMfaPolicy(mfa.partition ?? "aws", mfa.accountId);
      const policy = policyJson(document);
      new IamGroupPolicy(this, "self-managed-mfa", { name: "SelfManagedMfa", group, policy });
    }
    for (const policyArn of managedPolicyArns) {
      new IamGroupPolicyAttachment(this, managedPolicyId(policyArn), { group, policyArn });
    }
  }

  /** The name as a reference to the resource: what uses it is made after the group. */
  get groupNameReference(): string {
    return this.group.name;
  }
}
