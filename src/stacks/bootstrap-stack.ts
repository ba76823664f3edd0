import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ExecutionRole } from "../constructs/execution-role";
import { TrustOutputs } from "../constructs/trust-outputs";
import type { Account, Role, Settings } from "../model/model";
import { isPrincipalTrust } from "../trust/trust";
import { addBackend } from "./backend";
import { addProvider, administratorAccess } from "./provider";

/** What a bootstrap stack is made of. */
export interface BootstrapStackProps {
  readonly account: Account;
  readonly settings: Settings;
  readonly stateFolder: string;
  readonly executionRole: Role;
}

/**
 * `<account>-bootstrap`: the account's execution role. Deployed by an administrator and never through
 * the execution role that it defines, so nobody can lock himself out.
 */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: BootstrapStackProps) {
    super(scope, id);
    const { account, settings, executionRole } = props;
    addBackend(this, { backend: settings.backend, stateFolder: props.stateFolder });
    addProvider(this, account, settings, administratorAccess(account, settings));
    const [deployer] = executionRole.trusts.filter(isPrincipalTrust);
    const { role } = new ExecutionRole(this, "execution-role", {
      roleName: executionRole.name,
      accountId: account.id,
      partition: account.partition,
      deployer,
      managedPolicyArns: executionRole.managedPolicyArns,
      destroy: executionRole.protect ? "prevent" : "allow",
      revokeSessionsBefore: executionRole.revokeSessionsBefore,
    });
    new TrustOutputs(this, "outputs", {
      trustedPrincipals: executionRole.trusted ? { [role.roleArn]: role.uniqueIdReference } : {},
      trusts: { [role.roleArn]: role.appliedTrusts },
      trustTerms: { [role.roleArn]: role.trustTerms },
      roleArns: { [role.roleName]: role.roleArnReference },
      trustingRoles: [role.dependable],
    });
  }
}
