import type { FoundRequests } from "../../estate/access";
import type { AccessCount } from "../../estate/judge";
import type { Estate, EstateResource } from "../../estate/estate";
import { resourceAccessOf, type ResourceAccess } from "../../estate/resource-access";
import { evaluateAccess } from "../../iam/evaluation/evaluate-access";
import { policyDocument } from "../../iam/policy-document";
import { groupBy } from "../../model/group-by";
import type { Model } from "../../model/model";
import { declaredResources, type DeclaredResource } from "./declared-uses";
import type { Finding, FindingKind, Told, Verification } from "./finding";
import { covers, questionsOf, type Asked } from "./resource-questions";
import { statementsOf } from "./role-findings";

/**
 * Compares who in other accounts can use shared resources and log buckets with what is declared. What an
 * account's own principals may do with its resources is up to it.
 */
export function verifyResources(model: Model, estate: Estate, count?: AccessCount): Verification {
  const findings: Finding[] = [];
  const undecided: Told[] = [];
  const resources = [...estate.resources.values()];
  for (const declared of declaredResources(model)) {
    const resource = resources.find(declared.isIt);
    if (resource === undefined) findings.push(missingResource(declared));
    else new ResourceCheck({ declared, resource, estate, findings, undecided, count }).run();
  }
  return { findings, undecided };
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

interface Checked {
  readonly declared: DeclaredResource;
  readonly resource: EstateResource;
  readonly estate: Estate;
  readonly findings: Finding[];
  readonly undecided: Told[];
  readonly count?: AccessCount;
}

class ResourceCheck {
  private readonly requests: FoundRequests = new WeakMap();

  constructor(private readonly checked: Checked) {}

  run(): void {
    const found = this.accesses(questionsOf(this.checked.declared, this.checked.resource));
    const { keep } = this.checked.declared;
    const kept =
      keep.length === 0
        ? []
        : this.accesses(questionsOf(this.checked.declared, this.checked.resource), {
            ...this.checked.resource,
            policy: policyDocument(keep),
          });
    this.checkFound(found, new Set(kept.map(keyOf)));
    this.checkExpected(found);
  }

  private accesses(
    questions: readonly Asked[],
    resource: EstateResource = this.checked.resource,
  ): readonly ResourceAccess[] {
    const { estate, count } = this.checked;
    const asked = questions.map((question) => ({ ...question, resource }));
    return resourceAccessOf(estate, asked, { count, requests: this.requests }).filter(
      ({ principal }) => principal.split(":")[4] !== resource.accountId,
    );
  }

  private checkFound(found: readonly ResourceAccess[], kept: ReadonlySet<string>): void {
    const { declared, resource } = this.checked;
    const undeclared = found.filter((access) => {
      if (kept.has(keyOf(access)) || declared.others.has(access.principal)) return false;
      return (
        !this.isUse(access) || !declared.ways.some(({ admits }) => admits(asRoleAccess(access)))
      );
    });
    for (const [principal, accesses] of groupBy(undeclared, (access) => access.principal)) {
      const actions = [...new Set(accesses.map(({ action }) => action))].sort().join(" and ");
      if (resource.policy === "unknown") {
        this.undecide(principal, `the policy cannot be read, so that it may ${actions} undeclared`);
      } else {
        this.add("not declared", principal, {
          statements: this.decidedBy(accesses),
          says: `it may ${actions}, which accounts.json does not say`,
          remedy: "declare it in accounts.json, or take out the statement that lets it in",
        });
      }
    }
    for (const way of declared.ways) {
      const { tightened } = way;
      const byAccount = found.filter(
        ({ principal, by }) => principal === tightened && /account/.test(by),
      );
      if (tightened === undefined || byAccount.length === 0) continue;
      this.add("wider", tightened, {
        statements: this.decidedBy(byAccount),
        says: "it is confirmed and let in by its account still",
        remedy: `deploy ${declared.stack}, whose policy names the principal itself`,
      });
    }
  }

  private isUse({ action, resourceArn }: ResourceAccess): boolean {
    const { declared, resource } = this.checked;
    return declared.uses.some(
      (use) => (use.arn ?? resource.arn) === resourceArn && covers(use.action, action),
    );
  }

  private checkExpected(found: readonly ResourceAccess[]): void {
    const { declared, resource, estate } = this.checked;
    if (!declared.isSettled) return;
    const questions = questionsOf(this.checked.declared, this.checked.resource);
    for (const principal of new Set(declared.ways.flatMap(({ expected }) => expected))) {
      if (principal.split(":")[4] === resource.accountId) continue;
      const own = found.filter((access) => access.principal === principal);
      const lacking = declared.uses.filter(
        (use) =>
          questions.some(({ actions }) => actions.some((action) => covers(use.action, action))) &&
          !own.some(
            ({ action, resourceArn }) =>
              (use.arn ?? resource.arn) === resourceArn && covers(use.action, action),
          ),
      );
      if (lacking.length > 0) {
        const actions = [...new Set(lacking.map(({ action }) => action))].sort().join(" and ");
        this.add("missing", principal, {
          says: `it is declared and may not ${actions}`,
          remedy: `deploy ${declared.stack} and the stack of the principal, or take it out of accounts.json`,
        });
      } else if (
        own.some(({ result }) => result === "unknown") &&
        estate.identities.has(principal)
      ) {
        this.undecide(principal, "it is declared, and whether it gets in cannot be told");
      }
    }
  }

  /** The statements that let in, of all policies that bear on it. */
  private decidedBy(accesses: readonly ResourceAccess[]): readonly string[] {
    const {
      estate,
      resource: { policy },
    } = this.checked;
    const statements = accesses.flatMap((access) => {
      const request = this.requests.get(access);
      if (request === undefined) return [];
      const resource = { ...request.resource, policy };
      const decision = evaluateAccess({ ...request, resource });
      if (estate.identities.has(access.principal)) return statementsOf(decision);
      // Its own policies are made up.
      const madeUp = request.caller.identityPolicies.map(({ name }) => name);
      const decidedBy = decision.decidedBy.filter(({ policy: name }) => !madeUp.includes(name));
      return statementsOf({ ...decision, decidedBy });
    });
    return [...new Set(statements)];
  }

  private add(
    kind: FindingKind,
    principal: string,
    told: Pick<Finding, "says" | "remedy"> & Partial<Pick<Finding, "statements">>,
  ): void {
    this.checked.findings.push({ kind, ...this.place(), principal, ...told });
  }

  private undecide(principal: string, says: string): void {
    this.checked.undecided.push({ ...this.place(), principal, says });
  }

  private place(): Omit<Told, "says"> {
    const { arn, accountId, origin, policyOrigins } = this.checked.resource;
    return { arn, accountId, origin: policyOrigins?.[0] ?? origin, statements: [] };
  }
}

function asRoleAccess({ principal, result, needs, by, resourceArn }: ResourceAccess) {
  return { roleArn: resourceArn, principal, result, needs, by: by === "grant" ? "principal" : by };
}

function keyOf({ principal, action, resourceArn }: ResourceAccess): string {
  return `${principal} ${action} ${resourceArn}`;
}
