import type { PolicyDocument } from "../iam/policy-document";
import type { GuardedAccount } from "./guarded-account";
import { insidePolicy } from "./inside-policy";
import { outsidePolicy } from "./outside-policy";

/** A policy of an organization that holds a guarded account. */
export interface OnlyPathPolicy {
  /** In AWS: a contract, since people find it by that. */
  readonly name: string;
  readonly type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";
  readonly description: string;
  readonly document: PolicyDocument;
}

/** Both policies of a guarded account. Throws where its principals do not fit: `check` refuses that. */
export function onlyPathPolicies(guarded: GuardedAccount): {
  readonly inside: OnlyPathPolicy;
  readonly outside: OnlyPathPolicy;
} {
  const { name } = guarded;
  const outside = outsidePolicy(guarded);
  if (outside === undefined) {
    throw new Error(`the principals that may assume roles of account ${name} do not fit a policy`);
  }
  return {
    inside: {
      name: `crosstrust-inside-${name}`,
      type: "SERVICE_CONTROL_POLICY",
      description: `Who in account ${name} may make ways in`,
      document: insidePolicy(guarded),
    },
    outside: {
      name: `crosstrust-outside-${name}`,
      type: "RESOURCE_CONTROL_POLICY",
      description: `Who may assume roles of account ${name}`,
      document: outside,
    },
  };
}
