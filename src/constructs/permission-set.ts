import { DataAwsIdentitystoreGroup } from "@cdktf/provider-aws/lib/data-aws-identitystore-group";
import { DataAwsIdentitystoreUser } from "@cdktf/provider-aws/lib/data-aws-identitystore-user";
import { SsoadminAccountAssignment } from "@cdktf/provider-aws/lib/ssoadmin-account-assignment";
import { SsoadminManagedPolicyAttachment } from "@cdktf/provider-aws/lib/ssoadmin-managed-policy-attachment";
import { SsoadminPermissionSet } from "@cdktf/provider-aws/lib/ssoadmin-permission-set";
import { SsoadminPermissionSetInlinePolicy } from "@cdktf/provider-aws/lib/ssoadmin-permission-set-inline-policy";
import { Construct } from "constructs";
import type { PolicyDocument } from "../iam/policy-document";
import { policyJson } from "./terraform-json";

/** Who of Identity Center gets a permission set, in which account. */
export interface PermissionSetAssignee {
  /** 12 digits. */
  readonly accountId: string;
  readonly type: "GROUP" | "USER";
  /** A group's display name, a user's user name: looked up in the identity store. */
  readonly name: string;
}

/** A permission set of IAM Identity Center. */
export interface PermissionSetProps {
  readonly name: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** Of the instance. @default - the provider's */
  readonly region?: string;
  /** @default - none */
  readonly description?: string;
  /** Seconds, 3,600 to 43,200. @default 3600 */
  readonly sessionDuration?: number;
  /** @default - none */
  readonly managedPolicyArns?: readonly string[];
  /** At most 10,240 characters. @default - none */
  readonly inlinePolicy?: PolicyDocument;
  readonly assignees: readonly PermissionSetAssignee[];
}

/**
 * A permission set with its policies, and its assignments to groups and users in accounts. Identity
 * Center makes a role of a name of its choice in each account: nothing can be attached to that role, so
 * what people may assume stands in the permission set's own policy.
 */
export class PermissionSet extends Construct {
  private readonly principals = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PermissionSetProps,
  ) {
    super(scope, id);
    const { instanceArn, region, inlinePolicy } = props;
    const set = new SsoadminPermissionSet(this, "permission-set", {
      name: props.name,
      description: props.description,
      instanceArn,
      region,
      sessionDuration: isoDuration(props.sessionDuration ?? 3_600),
    });
    const of = { instanceArn, region, permissionSetArn: set.arn };
    if (inlinePolicy !== undefined) {
      new SsoadminPermissionSetInlinePolicy(this, "inline-policy", {
        ...of,
        inlinePolicy: policyJson(inlinePolicy),
      });
    }
    for (const managedPolicyArn of props.managedPolicyArns ?? []) {
      const name = managedPolicyArn.replace(/^.*:policy\//, "");
      new SsoadminManagedPolicyAttachment(this, `managed-policy-${name}`, {
        ...of,
        managedPolicyArn,
      });
    }
    for (const assignee of props.assignees) {
      const { accountId, type, name } = assignee;
      new SsoadminAccountAssignment(this, `assignment-${accountId}-${type}-${name}`, {
        ...of,
        principalType: type,
        principalId: this.principalId(assignee),
        targetType: "AWS_ACCOUNT",
        targetId: accountId,
      });
    }
  }

  /** Looked up once, whatever the number of accounts. */
  private principalId({ type, name }: PermissionSetAssignee): string {
    const key = `${type}-${name}`;
    const known = this.principals.get(key);
    if (known !== undefined) return known;
    const { identityStoreId, region } = this.props;
    const unique = (attributePath: string) => ({
      identityStoreId,
      region,
      alternateIdentifier: { uniqueAttribute: { attributePath, attributeValue: name } },
    });
    const id =
      type === "GROUP"
        ? new DataAwsIdentitystoreGroup(this, key, unique("DisplayName")).groupId
        : new DataAwsIdentitystoreUser(this, key, unique("UserName")).userId;
    this.principals.set(key, id);
    return id;
  }
}

/** `PT1H30M`: as Identity Center takes and shows it. */
function isoDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), "H"],
    [Math.floor((seconds % 3_600) / 60), "M"],
    [seconds % 60, "S"],
  ] as const;
  return `PT${parts.flatMap(([number, unit]) => (number === 0 ? [] : [`${number}${unit}`])).join("")}`;
}
