import type { ControlPolicies, NamedPolicy } from "./evaluation/request";
import { policyDocument } from "./policy-document";

/** Control policies of an organization: what principals of an account may do, and what may be done to its resources. */
export type ControlPolicyKind = "service" | "resource";

/**
 * The policies that AWS Organizations attaches to the root, to every unit and to every account: they let
 * everything through. `RCPFullAWSAccess` cannot be detached; in the place of `FullAWSAccess` an
 * organization may have a list of what is allowed (User Guide, "SCP evaluation", "RCP syntax").
 */
export const FULL_ACCESS_POLICIES: Readonly<Record<ControlPolicyKind, NamedPolicy>> = {
  service: {
    name: "FullAWSAccess",
    document: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
  },
  resource: {
    name: "RCPFullAWSAccess",
    document: policyDocument([{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }]),
  },
};

/** Policies that are attached to an account itself, beside AWS's own; those of other levels let everything through. */
export function attachedToAccount(
  kind: ControlPolicyKind,
  policies: readonly NamedPolicy[],
): ControlPolicies {
  return [[FULL_ACCESS_POLICIES[kind], ...policies]];
}
