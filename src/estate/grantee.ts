import { tryParseIamArn } from "../iam/arn";
import type { Caller } from "../iam/evaluation/request";
import { callerOf } from "./caller-of";
import { cannotBeJudged, type Candidate } from "./candidate";
import type { Identity } from "./estate";
import { MAY_ANYTHING } from "./made-up-callers";

/** The grantee of a KMS grant: it needs no policy, but what denies holds for it too. */
export function granteeCandidate(name: string, identity: Identity | undefined): Candidate {
  const caller = identity === undefined ? tryOutsider(name) : callerOf(identity);
  if (caller === undefined) return cannotBeJudged(name, "principal");
  const identityPolicies = [...caller.identityPolicies, ...MAY_ANYTHING.identityPolicies];
  return {
    principal: identity?.arn ?? name,
    by: "principal",
    known: identity === undefined ? "name" : "identity",
    callers: [{ ...caller, identityPolicies }],
    organizationId: identity?.organizationId,
  };
}

/** Whoever makes a grant to a principal that no stack defines knows that it exists. */
function tryOutsider(name: string): Caller | undefined {
  const arn = tryParseIamArn(name);
  if (arn?.type === "role" || arn?.type === "user") {
    return { kind: arn.type, arn: name, accountId: arn.accountId, identityPolicies: [] };
  }
  return name.endsWith(".amazonaws.com")
    ? { kind: "service", arn: name, identityPolicies: [] }
    : undefined;
}
