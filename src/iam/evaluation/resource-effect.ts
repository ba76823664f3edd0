import { statementsCovering, type CompiledStatement } from "./compiled-policy";
import { either, grantOf, NONE, UNCERTAIN, type Grant } from "./grant";
import type { AccessRequest, Caller } from "./request";
import type { Verdict } from "./policy-effect";
import {
  matchesAtAll,
  matchNotPrincipals,
  matchPrincipals,
  type PrincipalMatch,
} from "./principal-match";
import {
  bearingOf,
  doubtOf,
  unmetOf,
  type Bearing,
  type UnmetCondition,
} from "./statement-bearing";
import { rulesFor } from "./service-rules";
import { and } from "./three-valued";

/** What the policy on a resource says about a request, by how it names the caller. */
export interface ResourceEffect extends Verdict {
  readonly direct: Grant;
  readonly role: Grant;
  readonly account: Grant;
}

/** Evaluates the policy on the resource of a request; one that does not exist says nothing. */
export function evaluateResourcePolicy(check: AccessRequest): ResourceEffect {
  const { caller, action, resource } = check;
  if (resource.policy === undefined) return SILENT;
  const { policyName, withoutResource } = rulesFor(action);
  if (resource.policy === "unknown") return unreadable(policyName);
  let direct: Grant = NONE;
  let role: Grant = NONE;
  let account: Grant = NONE;
  let deny: Grant = NONE;
  let unmet: UnmetCondition | undefined;
  const doubts: string[] = [];
  for (const statement of statementsCovering(resource.policy, "resource", action)) {
    const match = matchOf(statement, caller);
    const named = matchesAtAll(match);
    if (named === "no") continue;
    if (withoutResource === "nothing" && namesNoResource(statement)) continue;
    const bearing =
      withoutResource === "not documented" && namesNoResource(statement)
        ? WITHOUT_RESOURCE
        : bearingOf(statement, check);
    const { truth } = bearing;
    if (statement.effect === "Deny") {
      deny = either(deny, grantOf(statement, policyName, and(named, truth)));
    } else {
      direct = either(direct, grantOf(statement, policyName, and(match.direct, truth)));
      role = either(role, grantOf(statement, policyName, and(match.role, truth)));
      account = either(account, grantOf(statement, policyName, and(match.account, truth)));
    }
    if (bearing.doubt !== undefined) doubts.push(doubtOf(statement, policyName, bearing.doubt));
    if (named === "unknown" && bearing.truth !== "no") {
      doubts.push(doubtOf(statement, policyName, `whether it means ${caller.arn} is not certain`));
    }
    unmet ??= unmetOf(statement, policyName, bearing);
  }
  return { direct, role, account, deny, doubts, unmet };
}

function namesNoResource({ resources, notResources }: CompiledStatement): boolean {
  return resources === undefined && notResources === undefined;
}

const WITHOUT_RESOURCE: Bearing = { truth: "unknown", doubt: "it has no Resource" };

const SILENT: ResourceEffect = { direct: NONE, role: NONE, account: NONE, deny: NONE, doubts: [] };

function unreadable(policyName: string): ResourceEffect {
  return {
    direct: UNCERTAIN,
    role: UNCERTAIN,
    account: UNCERTAIN,
    deny: UNCERTAIN,
    doubts: [`the ${policyName} cannot be read`],
  };
}

function matchOf(statement: CompiledStatement, caller: Caller): PrincipalMatch {
  const { principals, notPrincipals, effect } = statement;
  if (principals !== undefined) return matchPrincipals(principals, caller);
  if (notPrincipals === undefined) return UNCERTAIN_MATCH;
  // "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a
  // permissions boundary policy attached" (IAM User Guide, NotPrincipal).
  if (effect === "Deny" && caller.permissionsBoundary !== undefined) return CERTAIN_MATCH;
  return matchNotPrincipals(notPrincipals, caller);
}

const UNCERTAIN_MATCH: PrincipalMatch = { direct: "unknown", role: "unknown", account: "unknown" };
const CERTAIN_MATCH: PrincipalMatch = { direct: "yes", role: "no", account: "no" };
