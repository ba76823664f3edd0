import { Construct } from "constructs";
import type { Partition } from "../iam/arn";
import type { PrincipalTrust } from "../trust/trust";
import { CrossAccountRole } from "./cross-account-role";

/** The role through which an account is deployed to. */
export interface ExecutionRoleProps {
  /** The account it stands in, 12 digits. */
  readonly accountId: string;
  /** @default "aws" */
  readonly partition?: Partition;
  /** @default "crosstrust-execution" */
  readonly roleName?: string;
  /**
   * The role that deploys, in the hub account. Its guard also names the administrators who make the
   * first deploys, as long as the deployer is not confirmed.
   */
  readonly deployer: PrincipalTrust;
  /** ARNs. @default - AdministratorAccess */
  readonly managedPolicyArns?: readonly string[];
  /** UTC time: sessions that were issued before are denied everything. @default - none are */
  readonly revokeSessionsBefore?: string;
  /** `allow` only before a teardown. @default "prevent" */
  readonly destroy?: "allow" | "prevent";
}

/**
 * The bootstrap's execution role: trusts the hub account first, narrowed to the deployer and the
 * first deployers, and the deployer role alone once it is confirmed.
 */
export class ExecutionRole extends Construct {
  readonly role: CrossAccountRole;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const partition = props.partition ?? "aws";
    this.role = new CrossAccountRole(this, "execution", {
      roleName: props.roleName ?? "crosstrust-execution",
      accountId: props.accountId,
      partition,
      description: "Terraform deploys to this account through this role",
      trusts: [props.deployer],
      managedPolicyArns: props.managedPolicyArns ?? [
        `arn:${partition}:iam::aws:policy/AdministratorAccess`,
      ],
      destroy: props.destroy ?? "prevent",
      revokeSessionsBefore: props.revokeSessionsBefore,
    });
  }
}
