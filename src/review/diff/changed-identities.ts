import type { Estate, Identity } from "../../estate/estate";
import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { asArray } from "../../iam/policy-document";
import { holderPolicies, sameBoundary, samePolicies, type HolderPolicies } from "./holder-policies";
import { atomsBesides } from "./policy-atoms";

/** A role or user whose policies, or whose existence, differ. */
export interface ChangedIdentity {
  readonly arn: string;
  readonly before?: Identity;
  readonly after?: Identity;
  readonly was: HolderPolicies;
  readonly is: HolderPolicies;
  /** The ARNs about which the policies differ; undefined where they may differ about any. */
  readonly about?: ReadonlySet<string>;
}

/** Every role and user whose policies say something else on the two estates, by ARN. */
export function changedIdentities(
  before: Estate,
  after: Estate,
): ReadonlyMap<string, ChangedIdentity> {
  const changed = new Map<string, ChangedIdentity>();
  for (const arn of new Set([...before.identities.keys(), ...after.identities.keys()])) {
    const [one, other] = [before.identities.get(arn), after.identities.get(arn)];
    if (one === other) continue;
    const [was, is] = [holderPolicies(one), holderPolicies(other)];
    const isThere = one !== undefined && other !== undefined;
    if (isThere && samePolicies(was, is)) continue;
    const about = isThere ? aboutOf(was, is) : undefined;
    changed.set(arn, { arn, before: one, after: other, was, is, about });
  }
  return changed;
}

function aboutOf(was: HolderPolicies, is: HolderPolicies): ReadonlySet<string> | undefined {
  if (was.whole.join("\n") !== is.whole.join("\n") || !sameBoundary(was.boundary, is.boundary)) {
    return undefined;
  }
  const about = new Set<string>();
  for (const { statement } of [
    ...atomsBesides(was.atoms, is.atoms),
    ...atomsBesides(is.atoms, was.atoms),
  ]) {
    const resources = asArray(statement.Resource);
    if (resources.length === 0) return undefined;
    for (const arn of resources) {
      if (hasWildcard(arn) || arn.includes("$")) return undefined;
      about.add(arn);
    }
  }
  return about;
}
