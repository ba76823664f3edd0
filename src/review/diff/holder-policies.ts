import type { Identity } from "../../estate/estate";
import { policyAtoms, type PolicyAtom } from "./policy-atoms";

/** The policies of a role or user, taken together. */
export interface HolderPolicies {
  /** Of its own policies and its groups'; those of AWS are apart. */
  readonly atoms: ReadonlyMap<string, PolicyAtom>;
  /** ARNs of AWS managed policies, and names of policies that cannot be read; sorted. */
  readonly whole: readonly string[];
  /** Undefined: no boundary. */
  readonly boundary?: ReadonlyMap<string, PolicyAtom> | "unknown";
}

/** What a role or user has by its policies; nothing for one that is not there. */
export function holderPolicies(
  identity: Pick<Identity, "policies" | "permissionsBoundary"> | undefined,
): HolderPolicies {
  const atoms = new Map<string, PolicyAtom>();
  const whole = new Set<string>();
  for (const { name, document } of identity?.policies ?? []) {
    if (isOfAws(name) || document === undefined) whole.add(name);
    if (document === undefined || isOfAws(name)) continue;
    for (const [key, atom] of policyAtoms(document)) atoms.set(key, atom);
  }
  const limit = identity?.permissionsBoundary;
  const boundary = typeof limit === "object" ? policyAtoms(limit) : limit;
  return { atoms, whole: [...whole].sort(), ...(boundary !== undefined && { boundary }) };
}

/** Whether it is the ARN of an AWS managed policy. */
export function isOfAws(name: string): boolean {
  return /^arn:[a-z-]+:iam::aws:policy\//.test(name);
}

/** Whether two say the same. */
export function samePolicies(one: HolderPolicies, other: HolderPolicies): boolean {
  return (
    sameAtoms(one.atoms, other.atoms) &&
    one.whole.join("\n") === other.whole.join("\n") &&
    sameBoundary(one.boundary, other.boundary)
  );
}

export function sameBoundary(
  one: HolderPolicies["boundary"],
  other: HolderPolicies["boundary"],
): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  return sameAtoms(one, other);
}

/** Whether two policies have the same atoms. */
export function sameAtoms(
  one: ReadonlyMap<string, PolicyAtom>,
  other: ReadonlyMap<string, PolicyAtom>,
): boolean {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}
