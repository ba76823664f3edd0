import type { AccessCount } from "../../estate/judge";
import type { Estate, EstateResource } from "../../estate/estate";
import type { Model } from "../../model/model";
import { checkResource } from "./check-resource";
import { declaredResources } from "./declared-resources";
import type { DeclaredResource } from "./declared-resource";
import type { Finding, Told, Verification } from "./finding";
import { Orphans } from "./orphans";

/**
 * Compares who in other accounts can use resources with what is declared: of `sharing`, `logs`,
 * `notifications` and the state bucket; all others are declared for nobody. What an account's own principals
 * may do with its resources is up to it, but for the state bucket. Resources are found by index.
 */
export function verifyResources(model: Model, estate: Estate, count?: AccessCount): Verification {
  const orphans = new Orphans(model);
  const index = new ResourceIndex(estate);
  const findings: Finding[] = [];
  const undecided: Told[] = [];
  const take = (found: Verification): void => {
    findings.push(...found.findings);
    undecided.push(...found.undecided);
  };
  const seen = new Set<EstateResource>();
  for (const declared of declaredResources(model)) {
    const resource = index.tryFind(declared);
    if (resource === undefined) {
      findings.push(missingResource(declared));
      continue;
    }
    seen.add(resource);
    take(checkResource({ declared, resource, estate, count }));
  }
  for (const resource of estate.resources.values()) {
    findings.push(...orphans.ofResource(resource));
    if (!seen.has(resource)) take(checkResource({ resource, estate, count }));
  }
  return { findings, undecided };
}

/** The resources of an estate by every ARN that they have. */
class ResourceIndex {
  private readonly byArn = new Map<string, EstateResource>();

  constructor({ resources }: Estate) {
    for (const resource of resources.values()) {
      const { arn, aliasArn } = resource;
      const isSecret = arn.split(":")[2] === "secretsmanager";
      // AWS adds six characters of its choice to a secret's name.
      const names = [arn, aliasArn, isSecret ? arn.replace(/-[A-Za-z0-9]{6}$/, "") : undefined];
      for (const name of names) {
        if (name !== undefined && !this.byArn.has(name)) this.byArn.set(name, resource);
      }
    }
  }

  tryFind({ arn, otherArns }: DeclaredResource): EstateResource | undefined {
    const name = [arn, ...otherArns].find((one) => this.byArn.has(one));
    return name === undefined ? undefined : this.byArn.get(name);
  }
}

function missingResource({ stack, accountId, arn }: DeclaredResource): Finding {
  return {
    kind: "missing",
    accountId,
    origin: { stack, address: "" },
    statements: [],
    arn,
    says: "the resource is declared, and no stack has it or a policy of it",
    remedy: `deploy ${stack}, or take the resource out of accounts.json`,
  };
}
