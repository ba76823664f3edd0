import { hasWildcard } from "../iam/evaluation/wildcard-pattern";
import { asArray } from "../iam/policy-document";
import { mayBearOnAssumingRoles } from "./assume-role-actions";
import type { Estate, Identity } from "./estate";

/**
 * The other halves of an estate, found by role: which identities of an account have a policy that
 * may let them assume a role. Asking costs as much as there are answers, not as there are identities.
 */
export class AssumeGrants {
  /** Role ARN to the identities, of any account, with a statement on exactly that ARN. */
  private readonly exact = new Map<string, Set<Identity>>();
  /** Account ID to its identities with a wildcard, or with a policy that cannot be read. */
  private readonly wide = new Map<string, Set<Identity>>();

  constructor(estate: Estate) {
    for (const identity of estate.identities.values()) this.add(identity);
  }

  /** Identities of an account that may have the permission to assume a role, each once. */
  inAccount(accountId: string, roleArn: string): readonly Identity[] {
    const named = [...(this.exact.get(roleArn) ?? [])].filter(
      (identity) => identity.accountId === accountId,
    );
    const wide = this.wide.get(accountId);
    return wide === undefined ? named : [...new Set([...named, ...wide])];
  }

  /** Identities of all accounts that may have the permission to assume a role, each once. */
  anywhere(roleArn: string): readonly Identity[] {
    const wide = [...this.wide.values()].flatMap((identities) => [...identities]);
    return [...new Set([...(this.exact.get(roleArn) ?? []), ...wide])];
  }

  private add(identity: Identity): void {
    for (const { document } of identity.policies) {
      if (document === undefined) {
        addTo(this.wide, identity.accountId, identity);
        continue;
      }
      for (const statement of asArray(document.Statement)) {
        if (statement.Effect !== "Allow" || !mayBearOnAssumingRoles(statement)) continue;
        const resources = asArray(statement.Resource);
        // A policy variable may become any ARN.
        if (
          resources.length === 0 ||
          resources.some((one) => hasWildcard(one) || one.includes("$"))
        ) {
          addTo(this.wide, identity.accountId, identity);
        }
        for (const resource of resources) addTo(this.exact, resource, identity);
      }
    }
  }
}

function addTo(map: Map<string, Set<Identity>>, key: string, identity: Identity): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([identity]));
  else known.add(identity);
}
