import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FUNCTION_ACTION, lambdaPermissions } from "../sharing/lambda-permissions";
import type { SharedFunction } from "../sharing/shared-resource";
import { sharedApplied, sharedTerms } from "../sharing/shared-terms";
import {
  regionArgument,
  type CrossAccountResource,
  type CrossAccountResourceProps,
} from "./cross-account-resource";

/**
 * An existing Lambda function that principals of other accounts invoke: one permission for each, and
 * none for a role or user until it is confirmed, because a permission takes no condition of its own.
 */
export class CrossAccountFunction extends Construct implements CrossAccountResource {
  readonly appliedTrusts: Readonly<Record<string, string>>;
  readonly trustTerms: Readonly<Record<string, string>>;
  readonly keyArns = {};
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: CrossAccountResourceProps<SharedFunction>) {
    super(scope, id);
    const { resource } = props;
    this.appliedTrusts = sharedApplied(resource);
    this.trustTerms = sharedTerms(resource);
    this.dependables = lambdaPermissions(resource).map(
      ({ statementId, principal, organizationId }) =>
        new LambdaPermission(this, `permission-${statementId}`, {
          statementId,
          functionName: resource.name,
          action: FUNCTION_ACTION,
          principal,
          ...(organizationId !== undefined && { principalOrgId: organizationId }),
          ...regionArgument(props),
        }),
    );
  }
}
