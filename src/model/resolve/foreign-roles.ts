import { groupBy } from "../group-by";
import type { ForeignRole } from "../model";
import type { RoleInstance } from "./role-instance";
import type { TrustEdge } from "./trust-edge";

/** Roles of external accounts that trust ours. */
export function foreignRoles(
  instances: readonly RoleInstance[],
  edges: readonly TrustEdge[],
): readonly ForeignRole[] {
  const edgesOf = groupBy(edges, ({ trusting }) => trusting);
  return instances
    .filter(({ stack }) => stack === undefined)
    .map((instance): ForeignRole => {
      const { entry, account, arn, name, path } = instance;
      return {
        key: entry.name,
        account,
        arn,
        name,
        path,
        trusts: (edgesOf.get(instance) ?? []).map(({ trust }) => trust),
        location: entry.at([], "key"),
      };
    });
}
