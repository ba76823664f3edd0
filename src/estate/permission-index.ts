import type { CompiledStatement } from "../iam/evaluation/compiled-policy";
import type { Identity } from "./estate";
import type { Question } from "./question";

/**
 * The other halves of an estate, found by resource: which identities of an account have a policy that
 * may let them assume a role, or do something with a resource. For questions of one kind. Asking costs as much as there are answers, not as there are identities.
 */
class PermissionIndex {
  /** ARN to account ID to the identities with a statement on exactly that ARN. */
  private readonly exact = new Map<string, Map<string, Set<Identity>>>();
  /** Account ID to its identities with a policy that may cover what it does not name. */
  private readonly wide = new Map<string, Set<Identity>>();

  constructor(
    identities: Iterable<Identity>,
    private readonly statements: Question["statements"],
  ) {
    for (const identity of identities) this.add(identity);
  }

  /** Identities of an account that may have the permission for an ARN, each once. */
  inAccount(accountId: string, arn: string): ReadonlySet<Identity> {
    const named = this.exact.get(arn)?.get(accountId);
    const wide = this.wide.get(accountId);
    if (named === undefined || wide === undefined) return named ?? wide ?? new Set();
    return new Set([...named, ...wide]);
  }

  /** Identities of all accounts that name an ARN in their permissions, each once. */
  naming(arn: string): ReadonlySet<Identity> {
    return new Set([...(this.exact.get(arn)?.values() ?? [])].flatMap((found) => [...found]));
  }

  /** Identities of all accounts that may have the permission for an ARN, each once. */
  anywhere(arn: string): ReadonlySet<Identity> {
    const wide = [...this.wide.values()].flatMap((found) => [...found]);
    return new Set([...this.naming(arn), ...wide]);
  }

  private add(identity: Identity): void {
    const { accountId } = identity;
    for (const { document } of identity.policies) {
      if (document === undefined) {
        setIn(this.wide, accountId).add(identity);
        continue;
      }
      for (const statement of this.statements(document, "identity")) {
        if (statement.effect === "Deny") continue;
        if (mayCoverOthers(statement)) setIn(this.wide, accountId).add(identity);
        for (const arn of statement.resources?.arns ?? []) {
          const byAccount = this.exact.get(arn) ?? new Map<string, Set<Identity>>();
          this.exact.set(arn, byAccount);
          setIn(byAccount, accountId).add(identity);
        }
      }
    }
  }
}

/** Whether a statement may cover more than those whose ARNs it lists. */
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

/** The permission indexes of an estate, one for each kind of question. */
export class Permissions {
  private readonly byKind = new Map<string, PermissionIndex>();

  constructor(private readonly identities: readonly Identity[]) {}

  for({ kind, statements }: Question): PermissionIndex {
    const known = this.byKind.get(kind);
    if (known !== undefined) return known;
    const made = new PermissionIndex(this.identities, statements);
    this.byKind.set(kind, made);
    return made;
  }
}
