import { roleArn, userArn } from "../iam/arn";
import type {
  DeclaredGrant,
  DeclaredIdentity,
  EntityName,
  StackDeclarations,
} from "./declarations";
import type { Identity, IdentityPolicy, Origin, Unknown } from "./estate";
import { definedTwice, ManagedPolicies } from "./managed-policies-of-estate";
import type { KnownFacts } from "./references";

/** Identities of all stacks with their policies. */
export interface JoinedStacks {
  readonly identities: readonly Identity[];
  readonly unknowns: readonly Unknown[];
}

/**
 * Joins what the stacks say: an attachment, a membership or a managed policy may stand in another
 * stack than the identity it speaks of, since names hold in the whole account. An identity that only
 * such a resource names exists, or its deploy fails: it becomes one that no stack defines.
 */
export function joinStacks(
  stacks: readonly StackDeclarations[],
  known: KnownFacts,
  organizationIds: ReadonlyMap<string, string>,
): JoinedStacks {
  return new StackJoin(stacks, known, organizationIds).join();
}

class StackJoin {
  private readonly identities = new Map<string, DeclaredIdentity>();
  private readonly policies: ManagedPolicies;
  /** By the identity's or group's key. */
  private readonly grants = new Map<string, IdentityPolicy[]>();
  /** By the user's key: names of groups by their keys. */
  private readonly groups = new Map<string, Map<string, string>>();
  private readonly unknowns: Unknown[] = [];

  constructor(
    private readonly stacks: readonly StackDeclarations[],
    private readonly known: KnownFacts,
    private readonly organizationIds: ReadonlyMap<string, string>,
  ) {
    this.policies = new ManagedPolicies(
      stacks.flatMap(({ policies }) => policies),
      (origin, attribute, reason) => this.report(origin, attribute, reason),
    );
  }

  join(): JoinedStacks {
    this.collectIdentities();
    for (const { grants } of this.stacks) for (const grant of grants) this.grant(grant);
    for (const { memberships } of this.stacks) {
      for (const { user, group, origin } of memberships) {
        this.exists(user, origin);
        getOrAdd(this.groups, keyOf(user), () => new Map<string, string>()).set(
          keyOf(group),
          group.name,
        );
      }
    }
    const identities = [...this.identities].map(([key, declared]) => this.identity(key, declared));
    return { identities, unknowns: this.unknowns };
  }

  private collectIdentities(): void {
    const declared = this.stacks.flatMap(({ identities }) => identities);
    for (const identity of declared.filter(({ defined }) => defined)) {
      const key = keyOf(identity);
      const earlier = this.identities.get(key);
      if (earlier === undefined) this.identities.set(key, identity);
      else this.report(identity.origin, "name", definedTwice(identity.arn, earlier.origin));
    }
    for (const identity of declared.filter(({ defined }) => !defined)) {
      if (!this.identities.has(keyOf(identity))) this.identities.set(keyOf(identity), identity);
    }
  }

  private grant({ to, policy, origin }: DeclaredGrant): void {
    if (to.kind !== "group") this.exists(to, origin);
    const document =
      policy.kind === "inline"
        ? policy.document
        : this.policies.tryDocument(policy.reference, "policy_arn", origin);
    const name =
      policy.kind === "inline" ? policy.name : this.policies.nameOf(policy.reference, origin);
    getOrAdd(this.grants, keyOf(to), () => []).push({
      name,
      ...(document !== undefined && { document }),
      origin,
    });
  }

  /** Makes an identity of one that is only spoken of. */
  private exists(entity: EntityName, origin: Origin): void {
    const { accountId, kind, name, partition } = entity;
    if (kind === "group" || this.identities.has(keyOf(entity))) return;
    const { path, doubt } = this.known.existingPath(accountId, kind, name);
    const arn = (kind === "role" ? roleArn : userArn)(partition, accountId, path, name);
    const uniqueId = this.known.uniqueIds.get(arn);
    if (doubt !== undefined) this.report(origin, kind, `${kind} ${name}: ${doubt}`);
    this.identities.set(keyOf(entity), {
      kind,
      accountId,
      arn,
      name,
      path,
      ...(uniqueId !== undefined && { uniqueId }),
      ...(kind === "role" && { trustPolicy: "unknown" }),
      defined: false,
      origin,
    });
  }

  private identity(key: string, declared: DeclaredIdentity): Identity {
    const { permissionsBoundary, ...identity } = declared;
    const organizationId = this.organizationIds.get(declared.accountId);
    return {
      ...identity,
      policies: [...(this.grants.get(key) ?? []), ...this.groupPolicies(key)],
      ...(permissionsBoundary !== undefined && {
        permissionsBoundary:
          this.policies.tryDocument(permissionsBoundary, "permissions_boundary", declared.origin) ??
          "unknown",
      }),
      ...(organizationId !== undefined && { organizationId }),
    };
  }

  private groupPolicies(userKey: string): readonly IdentityPolicy[] {
    return [...(this.groups.get(userKey) ?? [])].flatMap(([groupKey, group]) =>
      (this.grants.get(groupKey) ?? []).map((policy) => ({ ...policy, group })),
    );
  }

  private report(origin: Origin, attribute: string, reason: string): void {
    this.unknowns.push({ origin, attribute, reason, bearing: "access" });
  }
}

/** IAM tells names of one kind in an account apart without regard to case. */
function keyOf({ accountId, kind, name }: Pick<EntityName, "accountId" | "kind" | "name">): string {
  return `${accountId}/${kind}/${name.toLowerCase()}`;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
