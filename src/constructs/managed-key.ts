import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { PolicyDocument } from "../iam/policy-document";
import { policyJson } from "./terraform-json";

/** A customer managed KMS key and its alias. */
export interface ManagedKeyProps {
  /** Without `alias/`. */
  readonly alias: string;
  /** The key policy; it must let the account's administrators change it again. */
  readonly policy: PolicyDocument;
  /** The key's Region, where it is not the provider's. @default - the provider's */
  readonly region?: string;
  /** Days between the order to delete the key and its deletion, 7 to 30. @default 30 */
  readonly deletionWindowInDays?: number;
  /** @default true */
  readonly enableKeyRotation?: boolean;
  /** `multi`: a primary that can have replicas in other Regions. @default "one" */
  readonly regions?: "one" | "multi";
  /** `prevent`: Terraform refuses to destroy or replace the key. @default "allow" */
  readonly destroy?: "allow" | "prevent";
}

/** A customer managed KMS key, known by its alias because AWS chooses its ID. */
export class ManagedKey extends Construct {
  private readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: ManagedKeyProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    this.key = new KmsKey(this, "key", {
      policy: policyJson(props.policy),
      enableKeyRotation: props.enableKeyRotation ?? true,
      deletionWindowInDays: props.deletionWindowInDays ?? 30,
      ...(props.regions === "multi" && { multiRegion: true }),
      ...(props.destroy === "prevent" && { lifecycle: { preventDestroy: true } }),
      ...region,
    });
    new KmsAlias(this, "alias", {
      name: `alias/${props.alias}`,
      targetKeyId: this.key.keyId,
      ...region,
    });
  }

  /** The ARN as a reference to the resource: known to Terraform after the apply. */
  get keyArnReference(): string {
    return this.key.arn;
  }

  /** The resource, for `dependsOn` alone. */
  get dependable(): ITerraformDependable {
    return this.key;
  }
}
