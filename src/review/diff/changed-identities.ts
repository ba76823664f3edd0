import type { Estate, Identity } from "../../estate/estate";
import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { asArray } from "../../iam/policy-document";
import {
  holderPolicies,
  isOfAws,
  sameBoundary,
  samePolicies,
  type HolderPolicies,
} from "./holder-policies";
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

/** The roles and users of two estates whose policies are not the same texts. */
export interface ChangedIdentities {
  /** By ARN: those whose policies say something else, and those that one side alone has. */
  readonly changed: ReadonlyMap<string, ChangedIdentity>;
  /** Those whose policies are written otherwise and say the same. */
  readonly rewritten: readonly Identity[];
}

/** Every role and user whose policies differ. */
export function changedIdentities(before: Estate, after: Estate): ChangedIdentities {
  const changed = new Map<string, ChangedIdentity>();
  const rewritten: Identity[] = [];
  for (const arn of new Set([...before.identities.keys(), ...after.identities.keys()])) {
    const [one, other] = [before.identities.get(arn), after.identities.get(arn)];
    const isThere = one !== undefined && other !== undefined;
    if (isThere && textOf(one) === textOf(other)) continue;
    const [was, is] = [holderPolicies(one), holderPolicies(other)];
    if (isThere && samePolicies(was, is)) {
      rewritten.push(other);
      continue;
    }
    const about = isThere ? aboutOf(was, is) : undefined;
    changed.set(arn, { arn, before: one, after: other, was, is, about });
  }
  return { changed, rewritten };
}

function textOf({ policies, permissionsBoundary }: Identity): string {
  // What AWS's own policies say is known, and long; one that cannot be read goes by its name. Their order
  // is that of the Terraform JSON, which says nothing.
  const own = policies
    .map(({ name, document }) => (isOfAws(name) ? name : JSON.stringify(document ?? name)))
    .sort();
  return JSON.stringify([own, permissionsBoundary]);
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
