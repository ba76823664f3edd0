import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { roleArn, type Partition } from "../iam/arn";
import { policyDocument, type Statement } from "../iam/policy-document";
import { REVOKE_OLDER_SESSIONS, revokeOlderSessionsPolicy } from "../iam/revoke-older-sessions";
import { sealTerms } from "../trust/seal-terms";
import { trustPolicy } from "../trust/trust-policy";
import { trustTerms } from "../trust/trust-terms";
import { appliedValue, isPrincipalTrust, type Trust } from "../trust/trust";
import { managedPolicyId } from "./managed-policy-id";
import { escapeTerraform, policyJson } from "./terraform-json";

/** What a role in the trusting account is, who may assume it, and what it may do. */
export interface CrossAccountRoleProps {
  /** 1 to 64 characters; changing it replaces the role, and its unique ID. */
  readonly roleName: string;
  /** The trusting account, 12 digits. */
  readonly accountId: string;
  /** @default "aws" */
  readonly partition?: Partition;
  /** Begins and ends with a slash; changing it replaces the role. @default "/" */
  readonly path?: string;
  /** At most 1,000 characters. @default - no description */
  readonly description?: string;
  /** Seconds, 3,600 to 43,200. @default 3600 */
  readonly maxSessionDuration?: number;
  /** ARN of a managed policy: the most that the role may do. @default - no boundary */
  readonly permissionsBoundaryArn?: string;
  /** Each at the stage that its lock entry gives it. With none the trust policy denies everybody. */
  readonly trusts: readonly Trust[];
  /** ARNs of managed policies that are attached. @default - none */
  readonly managedPolicyArns?: readonly string[];
  /**
   * UTC time: sessions that were issued before are denied everything, by the inline policy
   * `CrosstrustRevokeOlderSessions`.
   * @default - none are
   */
  readonly revokeSessionsBefore?: string;
  /** The role's own permissions, as its inline policy `permissions`. @default - none */
  readonly statements?: readonly Statement[];
  /**
   * `prevent`: Terraform refuses to destroy or replace the role.
   * @default "allow"
   */
  readonly destroy?: "allow" | "prevent";
  /**
   * `import`: the role exists and is taken over; its trust policy is replaced.
   * @default "define"
   */
  readonly ownership?: "define" | "import";
  /** Made before the role: an OpenID Connect provider that it trusts. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A role in the trusting account, with its trust policy at the stage of each trust.
 *
 * Guarantee: from stage to stage only `assume_role_policy` of this role's one resource differs, at
 * the same Terraform address, so tightening is an update in place.
 */
export class CrossAccountRole extends Construct {
  /** Computed from account, path and name: it can be named before the role exists. */
  readonly roleArn: string;
  readonly roleName: string;
  /** What the deployed trust policy says of each staged principal: `account`, or its unique ID. */
  readonly appliedTrusts: Readonly<Record<string, string>>;
  /** Whom the trust policy names, to a digest of how: tells what a later change makes due. */
  readonly trustTerms: Readonly<Record<string, string>>;
  private readonly role: IamRole;

  constructor(scope: Construct, id: string, props: CrossAccountRoleProps) {
    super(scope, id);
    const path = props.path ?? "/";
    this.roleName = props.roleName;
    this.roleArn = roleArn(props.partition ?? "aws", props.accountId, path, props.roleName);
    this.appliedTrusts = Object.fromEntries(
      props.trusts
        .filter(isPrincipalTrust)
        .map((trust) => [trust.principalArn, appliedValue(trust)]),
    );

    this.trustTerms = { ...trustTerms(props.trusts), ...sealTerms(props.revokeSessionsBefore) };
    this.role = new IamRole(this, "role", {
      name: props.roleName,
      path,
      assumeRolePolicy: policyJson(trustPolicy(props.trusts)),
      ...(props.description !== undefined && {
        description: escapeTerraform(props.description),
      }),
      ...(props.maxSessionDuration !== undefined && {
        maxSessionDuration: props.maxSessionDuration,
      }),
      ...(props.permissionsBoundaryArn !== undefined && {
        permissionsBoundary: props.permissionsBoundaryArn,
      }),
      ...(props.destroy === "prevent" && { lifecycle: { preventDestroy: true } }),
      ...(props.dependsOn !== undefined &&
        props.dependsOn.length > 0 && { dependsOn: [...props.dependsOn] }),
    });
    if (props.ownership === "import") this.role.importFrom(props.roleName);

    const role = this.role.name;
    if (props.statements !== undefined && props.statements.length > 0) {
      new IamRolePolicy(this, "permissions", {
        name: "permissions",
        role,
        policy: policyJson(policyDocument(props.statements)),
      });
    }
    if (props.revokeSessionsBefore !== undefined) {
      new IamRolePolicy(this, "revoke-older-sessions", {
        name: REVOKE_OLDER_SESSIONS,
        role,
        policy: policyJson(revokeOlderSessionsPolicy(props.revokeSessionsBefore)),
      });
    }
    for (const policyArn of props.managedPolicyArns ?? []) {
      new IamRolePolicyAttachment(this, managedPolicyId(policyArn), {
        role,
        policyArn,
      });
    }
    if (props.trusts.some((trust) => trust.kind === "service" && isEc2(trust.service))) {
      new IamInstanceProfile(this, "instance-profile", {
        name: props.roleName,
        path,
        role,
      });
    }
  }

  /** The name as a reference to the resource: what uses it is made after the role. */
  get roleNameReference(): string {
    return this.role.name;
  }

  /** The ARN as a reference to the resource: what Terraform read back. */
  get roleArnReference(): string {
    return this.role.arn;
  }

  /** The role's unique ID (`AROA…`), known to Terraform after the apply. */
  get uniqueIdReference(): string {
    return this.role.uniqueId;
  }

  /** The resource, for `dependsOn` alone. */
  get dependable(): ITerraformDependable {
    return this.role;
  }
}

function isEc2(service: string): boolean {
  return /^ec2\.amazonaws\.com(\.cn)?$/.test(service);
}
