import { compilePolicy, type CompiledStatement } from "../iam/evaluation/compiled-policy";
import type { Identity } from "./estate";

/**
 * The other halves of an estate, found by role: which identities of an account have a policy that
 * may let them assume a role. Asking costs as much as there are answers, not as there are identities.
 */
export class AssumeGrants {
  /** Role ARN to account ID to the identities with a statement on exactly that ARN. */
  private readonly exact = new Map<string, Map<string, Set<Identity>>>();
  /** Account ID to its identities with a policy that may cover roles it does not name. */
  private readonly wide = new Map<string, Set<Identity>>();

  constructor(identities: Iterable<Identity>) {
    for (const identity of identities) this.add(identity);
  }

  /** Identities of an account that may have the permission to assume a role, each once. */
  inAccount(accountId: string, roleArn: string): ReadonlySet<Identity> {
    const named = this.exact.get(roleArn)?.get(accountId);
    const wide = this.wide.get(accountId);
    if (named === undefined || wide === undefined) return named ?? wide ?? new Set();
    return new Set([...named, ...wide]);
  }

  /** Identities of all accounts that name a role in their permissions, each once. */
  naming(roleArn: string): ReadonlySet<Identity> {
    return new Set([...(this.exact.get(roleArn)?.values() ?? [])].flatMap((found) => [...found]));
  }

  /** Identities of all accounts that may have the permission to assume a role, each once. */
  anywhere(roleArn: string): ReadonlySet<Identity> {
    const wide = [...this.wide.values()].flatMap((found) => [...found]);
    return new Set([...this.naming(roleArn), ...wide]);
  }

  private add(identity: Identity): void {
    const { accountId } = identity;
    for (const { document } of identity.policies) {
      if (document === undefined) {
        setIn(this.wide, accountId).add(identity);
        continue;
      }
      for (const statement of compilePolicy(document, "identity")) {
        if (statement.effect === "Deny") continue;
        if (mayCoverOthers(statement)) setIn(this.wide, accountId).add(identity);
        for (const roleArn of statement.resources?.arns ?? []) {
          const byAccount = this.exact.get(roleArn) ?? new Map<string, Set<Identity>>();
          this.exact.set(roleArn, byAccount);
          setIn(byAccount, accountId).add(identity);
        }
      }
    }
  }
}

/** Whether a statement may cover roles besides those whose ARNs it lists. */
function mayCoverOthers({ resources, notResources, flaw }: CompiledStatement): boolean {
  const listed = resources !== undefined && !resources.all && resources.patterns.length === 0;
  // What AWS makes of a statement that it should refuse, nobody knows.
  return !listed || notResources !== undefined || flaw !== undefined;
}

function setIn<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const found = map.get(key) ?? new Set<V>();
  map.set(key, found);
  return found;
}
