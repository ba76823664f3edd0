import type { Construct } from "constructs";
import { AssumeRolePermission, type AssumingIdentity } from "../constructs/assume-role-permission";
import { ResourcePermission } from "../constructs/resource-permission";
import type { Statement } from "../iam/policy-document";

/** What an identity may do in other accounts. */
export interface OtherHalves {
  /** ARNs of roles. */
  readonly mayAssume: readonly string[];
  /** Identity halves of shared resources. */
  readonly mayUse: readonly Statement[];
}

/** Defines an identity's half of every access, in its account's stack: nothing where it has none. */
export function addOtherHalves(
  stack: Construct,
  { mayAssume, mayUse }: OtherHalves,
  identityOf: () => AssumingIdentity,
): void {
  if (mayAssume.length === 0 && mayUse.length === 0) return;
  const identity = identityOf();
  const { kind, name, nameReference, placement } = identity;
  if (mayAssume.length > 0) {
    new AssumeRolePermission(stack, `may-assume-${kind}-${name}`, {
      identity,
      roleArns: mayAssume,
    });
  }
  if (mayUse.length === 0) return;
  new ResourcePermission(stack, `may-use-${kind}-${name}`, {
    identity: {
      kind,
      name,
      nameReference,
      placement: placement === "managed-only" ? "managed" : "inline",
    },
    statements: mayUse,
  });
}
