import { showValue } from "../../source/show-value";
import { formatPath } from "../../source/source-document";
import type { Account } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import type { TrustEdge } from "./trust-edge";

/** A use of an external ID: the first of one party. */
interface FirstUse {
  readonly account: Account;
  readonly edge: TrustEdge;
}

/**
 * An external ID that two parties share is warned of, once for each party after the first: either of
 * them could make the other act for it (IAM User Guide, "The confused deputy problem"). All accounts
 * that are ours are one party, each external account is one of its own.
 */
export function checkExternalIds(
  edges: readonly TrustEdge[],
  accounts: readonly Account[],
  problems: ProblemList,
): void {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const uses = new Map<string, Map<string, FirstUse>>();
  for (const edge of edges) {
    const { trust } = edge;
    if (trust.kind === "service" || trust.kind === "oidc" || trust.externalId === undefined) {
      continue;
    }
    const account = byId.get(trust.accountId);
    if (account === undefined) continue;
    const parties = uses.get(trust.externalId) ?? new Map<string, FirstUse>();
    const party = account.kind === "external" ? account.name : "";
    if (!parties.has(party)) parties.set(party, { account, edge });
    uses.set(trust.externalId, parties);
  }
  for (const [externalId, parties] of uses) {
    const [first, ...others] = parties.values();
    for (const { account, edge } of others) {
      problems.warning(placeOf(edge.trusting.entry, [...pathOf(edge), "externalId"]), {
        expected: "an external ID of its own for each party",
        found: `${showValue(externalId)} for ${account.name}, which ${first.account.name} has too (${formatPath([...first.edge.trusting.entry.path, ...pathOf(first.edge)])})`,
        remedy: "agree on another one with one of them; npx crosstrust external-id makes it",
      });
    }
  }
}

function pathOf({ position }: TrustEdge) {
  return ["trusts", position] as const;
}
