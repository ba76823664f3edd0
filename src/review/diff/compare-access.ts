import type { PolicyDocument } from "../../iam/policy-document";
import { AccessJudge } from "./access-judge";
import type { ChangedIdentity } from "./changed-identities";
import type { Comparing } from "./comparing";
import type { Difference } from "./difference";
import { differingGrants } from "./key-grants";
import { policyAtoms, atomsBesides, type PolicyAtom } from "./policy-atoms";
import { isRole, policyOf, type TargetPair } from "./target";
import { TrustingIndex } from "./trusting-index";

/** Differences in who gets in, and the pairs whose policies are written otherwise. */
export interface AccessDifferences {
  readonly differences: readonly Difference[];
  readonly rewritten: readonly TargetPair[];
}

/**
 * Who may assume what, and do what to resources, on one estate and not on the other. Judged are the
 * targets whose policies differ, for those of whom the difference speaks, and the roles and users whose
 * own policies differ, at the roles that may let them in: the rest is the same on both sides.
 */
export function compareAccess(
  comparing: Comparing,
  pairs: readonly TargetPair[],
  identities: ReadonlyMap<string, ChangedIdentity>,
): AccessDifferences {
  const judge = new AccessJudge(comparing);
  const rewritten: TargetPair[] = [];
  for (const pair of pairs) {
    if (pair.before === pair.after) continue;
    for (const grant of differingGrants(pair)) judge.grant(pair, grant);
    const [was, is] = [policyOf(pair.before), policyOf(pair.after)];
    if (was === is || JSON.stringify(was) === JSON.stringify(is)) continue;
    if (was === "unknown" || is === "unknown") {
      judge.unreadable(pair);
      continue;
    }
    const atoms = differingAtoms(was, is);
    if (atoms.length > 0) judge.target(pair, atoms);
    if (was !== undefined && is !== undefined) rewritten.push(pair);
  }
  if (identities.size > 0) {
    const index = new TrustingIndex(pairs.filter(({ target }) => isRole(target)));
    for (const changed of identities.values()) {
      for (const pair of index.naming(changed.arn, changed.about)) judge.identity(pair, changed);
    }
  }
  return { differences: judge.differences, rewritten };
}

/** What one of the policies says and the other does not. */
function differingAtoms(
  was: PolicyDocument | undefined,
  is: PolicyDocument | undefined,
): readonly PolicyAtom[] {
  const [one, other] = [was, is].map((policy) =>
    policy === undefined ? new Map<string, PolicyAtom>() : policyAtoms(policy),
  );
  return [...atomsBesides(one, other), ...atomsBesides(other, one)];
}
