import { accessOf, type AccessOptions } from "./access";
import type { Estate } from "./estate";
import { Reach, type Chain } from "./reach";
import { resourceAccessOf, type ResourceAccess, type ResourceQuestion } from "./resource-access";

/** One principal that can do one action on one resource, itself or as a role that it comes to be. */
export interface IndirectAccess {
  readonly principal: string;
  /** The last step: by the principal itself, or by the role at the end of the chain. */
  readonly access: ResourceAccess;
  /** The roles in between. @default - it has the access itself */
  readonly chain?: Chain;
  /** `unknown` where the access or a step of the chain is. */
  readonly result: "allowed" | "unknown";
}

/**
 * Who can do what to resources of an estate, directly or through chains of roles. Somebody may be there
 * several times for one action, once for each role by which he gets there.
 */
export function indirectAccessOf(
  estate: Estate,
  questions: readonly ResourceQuestion[],
  options: AccessOptions = {},
): readonly IndirectAccess[] {
  const accesses = resourceAccessOf(estate, questions, options);
  const reach = new Reach(accessOf(estate, options));
  const chains = new Map<string, readonly Chain[]>();
  return accesses.flatMap((access) => {
    const { principal, result } = access;
    const known = chains.get(principal) ?? reach.chainsTo(principal);
    chains.set(principal, known);
    return [
      { principal, access, result },
      ...known.map((chain): IndirectAccess => ({
        principal: chain.principal,
        access,
        chain,
        result: result === "allowed" ? chain.result : "unknown",
      })),
    ];
  });
}
