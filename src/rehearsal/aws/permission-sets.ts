import type { Origin } from "../../estate/estate";
import type { ResolvedText } from "../../estate/resolved-text";
import { policyDocument } from "../../iam/policy-document";
import type { AllAccounts } from "./all-accounts";
import { AwsError } from "./aws-error";
import { hexOf } from "./generated-id";
import { attachPolicy, putInlinePolicy } from "./holder-policies";
import { createRole, deleteRole } from "./roles";

/** A group or user that gets a permission set in an account. */
export interface SimulatedAssignment {
  readonly principalId: string;
  readonly principalType: string;
  readonly accountId: string;
  /** What made it. */
  readonly origin: Origin;
}

/** A permission set of Identity Center. Never changed: each change makes another object. */
export interface SimulatedPermissionSet {
  readonly arn: string;
  readonly instanceArn: string;
  readonly name: string;
  /** Of the instance. */
  readonly region: string;
  readonly description?: string;
  readonly sessionDuration?: string;
  readonly inlinePolicy?: { readonly text: ResolvedText; readonly origin: Origin };
  /** ARN to what attached it. */
  readonly managedPolicies: ReadonlyMap<string, Origin>;
  readonly assignments: readonly SimulatedAssignment[];
}

/** Name that Identity Center gives the inline policy of its roles. */
const INLINE_POLICY = "AwsSSOInlinePolicy";

/** The permission set of that ARN; refused where there is none. */
export function permissionSet(
  { permissionSets }: AllAccounts,
  arn: string,
): SimulatedPermissionSet {
  const set = permissionSets.get(arn);
  if (set !== undefined) return set;
  throw new AwsError(
    "ResourceNotFoundException",
    `PermissionSet with ARN ${arn} could not be found.`,
  );
}

/**
 * Puts a changed permission set in the place of the former one and provisions it: in each account with an
 * assignment there is a role with its policies, in the others there is none.
 */
export function putPermissionSet(all: AllAccounts, set: SimulatedPermissionSet): void {
  const taken = [...all.permissionSets.values()].find(
    ({ arn, instanceArn, name }) =>
      arn !== set.arn && instanceArn === set.instanceArn && name === set.name,
  );
  if (taken !== undefined) {
    throw new AwsError("ConflictException", `PermissionSet with name ${set.name} already exists.`);
  }
  const former = all.permissionSets.get(set.arn);
  all.permissionSets.set(set.arn, set);
  const wanted = new Set(set.assignments.map(({ accountId }) => accountId));
  for (const { accountId } of former?.assignments ?? []) {
    if (!wanted.has(accountId)) removeRole(all, set, accountId);
  }
  for (const accountId of wanted) provisionRole(all, set, accountId);
}

/** DeletePermissionSet: refused while somebody has it. */
export function deletePermissionSet(all: AllAccounts, arn: string): void {
  const set = permissionSet(all, arn);
  if (set.assignments.length > 0) {
    throw new AwsError(
      "ConflictException",
      `Could not delete because PermissionSet ${arn} has ApplicationProfiles associated with it.`,
    );
  }
  all.permissionSets.delete(arn);
}

function provisionRole(all: AllAccounts, set: SimulatedPermissionSet, accountId: string): void {
  const account = all.account(accountId);
  const name = roleNameOf(set, accountId);
  const [assignment] = set.assignments.filter((each) => each.accountId === accountId);
  const role =
    account.roles.tryGet(name) ??
    createRole(account, {
      name,
      path: `/aws-reserved/sso.amazonaws.com/${set.region === "us-east-1" ? "" : `${set.region}/`}`,
      // Who signs in is Identity Center's business: by IAM nobody assumes it.
      trustPolicy: JSON.stringify(policyDocument([])),
      origin: assignment.origin,
    });
  account.putIdentity({ ...role, inlinePolicies: new Map(), attachedPolicies: new Map() });
  if (set.inlinePolicy !== undefined) {
    const { text, origin } = set.inlinePolicy;
    putInlinePolicy(account, role, INLINE_POLICY, text, origin);
  }
  for (const [policyArn, origin] of set.managedPolicies) {
    attachPolicy(account, role, policyArn, origin);
  }
}

function removeRole(all: AllAccounts, set: SimulatedPermissionSet, accountId: string): void {
  const account = all.account(accountId);
  const role = account.roles.tryGet(roleNameOf(set, accountId));
  if (role === undefined) return;
  account.putIdentity({ ...role, inlinePolicies: new Map(), attachedPolicies: new Map() });
  deleteRole(account, role.name);
}

function roleNameOf({ name, arn }: SimulatedPermissionSet, accountId: string): string {
  return `AWSReservedSSO_${name}_${hexOf(`${arn}/${accountId}`, 16)}`;
}
