import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { KmsGrant } from "@cdktf/provider-aws/lib/kms-grant";
import { Construct } from "constructs";
import { GRANTED_OPERATIONS } from "../sharing/kms-key-policy";

/** A grant on a key of another account. */
export interface KeyGrantProps {
  /** Unique in the account, 1 to 256 letters, digits and `:/_-`. */
  readonly name: string;
  /** A grant across accounts takes no alias. */
  readonly keyArn: string;
  /** The key's Region, where it is not the provider's. @default - the provider's */
  readonly region?: string;
}

/** Grants to a service-linked role of the account. */
export interface KeyGrantsProps {
  /** The service whose role it is, such as `autoscaling.amazonaws.com`. */
  readonly serviceName: string;
  /** ARN of the role. */
  readonly granteeArn: string;
  /** `existing`: the account has the role already, because AWS makes it when the service is first used. */
  readonly serviceLinkedRole: "defined" | "existing";
  /** Of keys that are known; may be empty. */
  readonly grants: readonly KeyGrantProps[];
}

/**
 * Grants by which a service of this account uses keys of other accounts: its service-linked role's
 * permissions are AWS's own, so the key's policy alone would not do. The role is made first.
 */
export class KeyGrants extends Construct {
  constructor(scope: Construct, id: string, props: KeyGrantsProps) {
    super(scope, id);
    const roles =
      props.serviceLinkedRole === "existing"
        ? []
        : [
            new IamServiceLinkedRole(this, "service-linked-role", {
              awsServiceName: props.serviceName,
            }),
          ];
    for (const { name, keyArn, region } of props.grants) {
      new KmsGrant(this, `grant-${name}`, {
        name,
        keyId: keyArn,
        granteePrincipal: props.granteeArn,
        operations: [...GRANTED_OPERATIONS],
        ...(region !== undefined && { region }),
        ...(roles.length > 0 && { dependsOn: roles }),
      });
    }
  }
}
