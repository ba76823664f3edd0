import { tryKnownText } from "../../estate/resolved-text";
import { shownPolicy } from "../aws/pinned-policy";
import type { ResourcePolicy } from "../aws/resource-policy";
import type { SimulatedAccount } from "../aws/simulated-account";
import { UnknownValue } from "../value";

/** The attribute `policy` of a resource: what the service shows of the policy now. */
export function shownPolicyText(
  account: SimulatedAccount,
  policy: ResourcePolicy,
): string | UnknownValue {
  if (policy.known) return shownPolicy(policy, account.directory).text;
  return tryKnownText(policy.text) ?? new UnknownValue(policy.text, false);
}
