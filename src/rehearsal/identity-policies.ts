import type { IdentityPolicy } from "../estate/estate";
import type { PolicyDocument } from "../iam/policy-document";
import type { SimulatedIdentity, SimulatedRole, SimulatedUser } from "./aws/entities";
import type { SimulatedAccount } from "./aws/simulated-account";

/** The policies of a role or user: inline, attached and, for a user, those of its groups. */
export function identityPoliciesOf(
  account: SimulatedAccount,
  identity: SimulatedRole | SimulatedUser,
): readonly IdentityPolicy[] {
  if (identity.kind === "role") return ownPoliciesOf(account, identity);
  const groups = [...identity.groupNames].sort().map((name) => account.groups.get(name));
  return [
    ...ownPoliciesOf(account, identity),
    ...groups.flatMap((group) =>
      ownPoliciesOf(account, group).map((policy) => ({ ...policy, group: group.name })),
    ),
  ];
}

/** The permissions boundary of a role or user; undefined where none is set. */
export function permissionsBoundaryOf(
  account: SimulatedAccount,
  { permissionsBoundary }: SimulatedRole | SimulatedUser,
): PolicyDocument | "unknown" | undefined {
  return permissionsBoundary === undefined
    ? undefined
    : (account.managedPolicyDocument(permissionsBoundary) ?? "unknown");
}

function ownPoliciesOf(
  account: SimulatedAccount,
  { inlinePolicies, attachedPolicies }: SimulatedIdentity,
): readonly IdentityPolicy[] {
  return [
    ...[...inlinePolicies].map(([name, { document, origin }]) => ({ name, document, origin })),
    ...[...attachedPolicies].map(([arn, origin]) => ({
      name: arn,
      document: account.managedPolicyDocument(arn),
      origin,
    })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}
