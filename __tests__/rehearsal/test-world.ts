import { deleteInlinePolicy, detachPolicy } from "../../src/rehearsal/aws/holder-policies";
import { deleteRole } from "../../src/rehearsal/aws/roles";
import { deployStack, SimulatedTerraform, type DeployResult } from "../../src/rehearsal/deploy";
import { principalOf, type Principal } from "../../src/rehearsal/principal";
import { seedAdministrator } from "../../src/rehearsal/seed";
import { SimulatedAws, type SimulatedAwsProps } from "../../src/rehearsal/simulated-aws";
import { toEstate } from "../../src/rehearsal/to-estate";
import { stackOf, userArn, type StackParts } from "./stacks";

/** Simulated accounts with an administrator in each that is used, and a Terraform to deploy with. */
export class TestWorld {
  readonly aws: SimulatedAws;
  readonly terraform: SimulatedTerraform;

  constructor(props: SimulatedAwsProps = {}, profiles: ReadonlyMap<string, Principal> = new Map()) {
    this.aws = new SimulatedAws(props);
    this.terraform = new SimulatedTerraform(this.aws, profiles);
  }

  administrator(accountId: string): Principal {
    return this.aws.account(accountId).users.tryGet("administrator") === undefined
      ? seedAdministrator(this.aws, accountId)
      : principalOf(userArn(accountId, "administrator"));
  }

  /** Deploys a stack named after its account, as the account's administrator. */
  deploy(accountId: string, parts: StackParts): DeployResult {
    const runAs = this.administrator(accountId);
    return deployStack(this.terraform, accountId, stackOf(accountId, parts), runAs);
  }

  /** What IAM shows of a role's trust policy: who is named as a principal. */
  trusted(accountId: string, roleName: string): unknown {
    const role = this.aws.account(accountId).roles.get(roleName);
    const trust = toEstate(this.aws).identities.get(role.arn)?.trustPolicy;
    if (trust === undefined || trust === "unknown") return trust;
    const [statement] = Array.isArray(trust.Statement) ? trust.Statement : [trust.Statement];
    return statement.Principal.AWS ?? statement.Principal;
  }

  /** Deletes a role behind Terraform's back, as the console does: with all that hangs on it. */
  deleteByHand(accountId: string, roleName: string): void {
    const account = this.aws.account(accountId);
    const role = account.roles.get(roleName);
    for (const policyName of role.inlinePolicies.keys()) {
      deleteInlinePolicy(account, role, policyName);
    }
    for (const policyArn of role.attachedPolicies.keys()) detachPolicy(account, role, policyArn);
    deleteRole(account, roleName);
  }
}

/** The changes of a deploy that went well, one line each: `update aws_iam_role.x (description)`. */
export function changesOf(result: DeployResult): readonly string[] {
  if (!result.ok) throw new Error(`${result.address ?? ""}: ${result.error}`);
  return result.changes.map(
    ({ action, address, attributes }) =>
      `${action} ${address}${attributes.length > 0 ? ` (${attributes.join(", ")})` : ""}`,
  );
}

/** Why a deploy failed: `address: error`. */
export function failureOf(result: DeployResult): string {
  if (result.ok) throw new Error("expected the deploy to fail");
  return `${result.address ?? ""}: ${result.error}`;
}

/** The outputs of a deploy that went well. */
export function outputsOf(result: DeployResult): Readonly<Record<string, unknown>> {
  if (!result.ok) throw new Error(`${result.address ?? ""}: ${result.error}`);
  return result.outputs;
}
