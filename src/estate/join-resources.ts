import { policyDocument, type PolicyDocument } from "../iam/policy-document";
import type { DeclaredResource, DeclaredResourcePolicy, StackDeclarations } from "./declarations";
import { defaultKeyPolicy } from "./default-key-policy";
import type { EstateResource, KeyGrant, Origin, Unknown } from "./estate";
import { definedTwice } from "./managed-policies-of-estate";
import { KEY_TYPE } from "./resource-names";

/** Resources of all stacks with their policies. */
export interface JoinedResources {
  readonly resources: readonly EstateResource[];
  readonly unknowns: readonly Unknown[];
}

/**
 * Joins what the stacks say of resources: a policy or a grant may stand in another stack than its
 * resource. A resource that only such a block names exists already: it becomes one that is not defined.
 */
export function joinResources(
  stacks: readonly StackDeclarations[],
  keyArns: ReadonlyMap<string, string>,
): JoinedResources {
  return new ResourceJoin(stacks, keyArns).join();
}

/** A resource with all that is said of it. */
interface Gathered {
  readonly declared: DeclaredResource;
  readonly defined: boolean;
  readonly policies: DeclaredResourcePolicy[];
  readonly grants: KeyGrant[];
}

class ResourceJoin {
  private readonly gathered = new Map<string, Gathered>();
  private readonly aliasArns: ReadonlyMap<string, string>;
  private readonly unknowns: Unknown[] = [];

  constructor(
    private readonly stacks: readonly StackDeclarations[],
    keyArns: ReadonlyMap<string, string>,
  ) {
    this.aliasArns = new Map([...keyArns].map(([alias, key]) => [key, alias]));
  }

  join(): JoinedResources {
    for (const resource of this.stacks.flatMap(({ resources }) => resources)) {
      const earlier = this.gathered.get(resource.arn);
      if (earlier === undefined) this.add(resource, true);
      else
        this.report(resource.origin, "name", definedTwice(resource.arn, earlier.declared.origin));
    }
    for (const policy of this.stacks.flatMap(({ resourcePolicies }) => resourcePolicies)) {
      const { resource, origin } = policy;
      this.find({ ...resource, origin }).policies.push(policy);
    }
    for (const { key, grant } of this.stacks.flatMap(({ keyGrants }) => keyGrants)) {
      this.find({ ...key, origin: grant.origin }).grants.push(grant);
    }
    const resources = [...this.gathered.values()].map((gathered) => this.resource(gathered));
    return { resources, unknowns: this.unknowns };
  }

  private find(declared: DeclaredResource): Gathered {
    return this.gathered.get(declared.arn) ?? this.add(declared, false);
  }

  private add(declared: DeclaredResource, defined: boolean): Gathered {
    const gathered: Gathered = { declared, defined, policies: [], grants: [] };
    this.gathered.set(declared.arn, gathered);
    return gathered;
  }

  private resource(gathered: Gathered): EstateResource {
    const { declared, defined, grants } = gathered;
    const { type, arn, accountId, region, encryptedWith, origin } = declared;
    const policy = this.policy(gathered);
    const policyOrigins = gathered.policies.map((one) => one.origin);
    const isApart = policyOrigins.some((one) => one.address !== origin.address);
    const aliasArn = type === KEY_TYPE && arn.includes(":alias/") ? arn : this.aliasArns.get(arn);
    return {
      type,
      arn,
      accountId,
      ...(region !== undefined && { region }),
      ...(aliasArn !== undefined && { aliasArn }),
      ...(policy !== undefined && { policy }),
      ...(isApart && { policyOrigins }),
      grants,
      ...(encryptedWith !== undefined && { encryptedWith }),
      defined,
      origin,
    };
  }

  private policy({
    declared,
    defined,
    policies,
  }: Gathered): PolicyDocument | "unknown" | undefined {
    const { type, partition, accountId, arn } = declared;
    const documents = policies.filter(({ says }) => says.kind === "document");
    const statements = policies.filter(({ says }) => says.kind === "statement");
    const [first, ...others] = [...documents, ...statements.slice(0, 1)];
    if (first === undefined) {
      if (defined) return type === KEY_TYPE ? defaultKeyPolicy(partition, accountId) : undefined;
      this.report(declared.origin, "policy", `no stack says what the policy of ${arn} is`);
      return "unknown";
    }
    for (const { origin } of others) {
      this.report(origin, "policy", definedTwice(`the policy of ${arn}`, first.origin));
    }
    if (others.length > 0) return "unknown";
    if (first.says.kind === "document") return first.says.document ?? "unknown";
    if (!defined) {
      this.report(declared.origin, "policy", `${arn} may have further statements in its policy`);
    }
    const known = statements.flatMap(({ says }) =>
      says.kind === "statement" ? (says.statement ?? []) : [],
    );
    return known.length === statements.length ? policyDocument(known) : "unknown";
  }

  private report(origin: Origin, attribute: string, reason: string): void {
    this.unknowns.push({ origin, attribute, reason, bearing: "resources" });
  }
}
