import { dependable, TerraformOutput, TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** What a stack tells `crosstrust confirm` after its apply. */
export interface TrustOutputsProps {
  /** ARN to unique ID, of the stack's principals that some stack trusts. */
  readonly trustedPrincipals: Readonly<Record<string, string>>;
  /** Trusting role ARN to principal ARN to `account` or the unique ID in the trust policy. */
  readonly trusts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Trusting role ARN to its trusts' terms (`CrossAccountRole.trustTerms`), for `crosstrust status` to
   * tell what is due. @default - no such output
   */
  readonly trustTerms?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Alias ARN to key ARN, of the KMS keys that the stack defines: AWS chooses their IDs, so other stacks
   * name a key only once it is confirmed. @default - no such output
   */
  readonly sharedKeys?: Readonly<Record<string, string>>;
  /** Role name to ARN. */
  readonly roleArns: Readonly<Record<string, string>>;
  /**
   * The trusting roles, and what else has terms: `trusts` and `trust_terms` are written to the state
   * only when each of them was applied, so they never claim a policy that AWS refused.
   */
  readonly trustingRoles: readonly ITerraformDependable[];
}

/**
 * The outputs `trusted_principals`, `trusts`, `trust_terms` and `role_arns` of the stack that it stands in: one per
 * stack. They belong to the stack itself, because cdktf's outputs file nests those of constructs.
 */
export class TrustOutputs extends Construct {
  constructor(scope: Construct, id: string, props: TrustOutputsProps) {
    super(scope, id);
    const afterTrustingRoles = [...new Set(props.trustingRoles.map(dependable))];
    this.output("trusted_principals", props.trustedPrincipals);
    this.output("trusts", props.trusts, afterTrustingRoles);
    if (props.trustTerms !== undefined) {
      this.output("trust_terms", props.trustTerms, afterTrustingRoles);
    }
    this.output("role_arns", props.roleArns);
    if (props.sharedKeys !== undefined) this.output("shared_keys", props.sharedKeys);
  }

  private output(
    name: string,
    value: Readonly<Record<string, unknown>>,
    dependsOn: readonly string[] = [],
  ): void {
    const output = new TerraformOutput(TerraformStack.of(this), name, {
      value: Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
      staticId: true,
    });
    // TerraformOutput's own dependsOn writes "${…}", which Terraform refuses in depends_on.
    if (dependsOn.length > 0) output.addOverride("depends_on", dependsOn);
  }
}
