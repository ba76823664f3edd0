import { compilePolicy, type CompiledStatement } from "./compiled-policy";
import { either, grantOf, NONE, UNCERTAIN, type Grant } from "./grant";
import type { PermissionCheck } from "./permission-check";
import type { Verdict } from "./policy-effect";
import {
  matchesAtAll,
  matchNotPrincipals,
  matchPrincipals,
  type PrincipalMatch,
} from "./principal-match";
import type { TargetRole } from "./request";
import {
  bearingOf,
  doubtOf,
  unmetOf,
  type Bearing,
  type UnmetCondition,
} from "./statement-bearing";
import { and, type Truth } from "./three-valued";

/** What a trust policy says about a permission, by how it names the caller. */
export interface TrustEffect extends Verdict {
  readonly direct: Grant;
  readonly role: Grant;
  readonly account: Grant;
}

/** Evaluates the trust policy of a role. */
export function evaluateTrust({ trustPolicy }: TargetRole, check: PermissionCheck): TrustEffect {
  if (trustPolicy === "unknown") return UNREADABLE_TRUST;
  const { caller } = check.request;
  let direct: Grant = NONE;
  let role: Grant = NONE;
  let account: Grant = NONE;
  let deny: Grant = NONE;
  let unmet: UnmetCondition | undefined;
  const doubts: string[] = [];
  for (const statement of compilePolicy(trustPolicy, "trust")) {
    if (!statement.actions.has(check.action)) continue;
    const match = matchOf(statement, check);
    const named = matchesAtAll(match);
    if (named === "no") continue;
    const bearing = bearingOf(statement, check);
    if (statement.effect === "Deny") {
      deny = either(deny, grantOf(statement, TRUST_POLICY, and(named, bearing.truth)));
    } else {
      direct = either(direct, grantIf(match.direct, statement, bearing));
      role = either(role, grantIf(match.role, statement, bearing));
      account = either(account, grantIf(match.account, statement, bearing));
    }
    if (bearing.doubt !== undefined) doubts.push(doubtOf(statement, TRUST_POLICY, bearing.doubt));
    if (named === "unknown" && bearing.truth !== "no") {
      doubts.push(
        doubtOf(statement, TRUST_POLICY, `whether it means ${caller.arn} is not certain`),
      );
    }
    unmet ??= unmetOf(statement, TRUST_POLICY, bearing);
  }
  return { direct, role, account, deny, doubts, unmet };
}

function grantIf(named: Truth, statement: CompiledStatement, { truth }: Bearing): Grant {
  return named === "no" ? NONE : grantOf(statement, TRUST_POLICY, and(named, truth));
}

const TRUST_POLICY = "trust policy";

const UNREADABLE_TRUST: TrustEffect = {
  direct: UNCERTAIN,
  role: UNCERTAIN,
  account: UNCERTAIN,
  deny: UNCERTAIN,
  doubts: ["the trust policy cannot be read"],
};

function matchOf(statement: CompiledStatement, { request }: PermissionCheck): PrincipalMatch {
  const { principals, notPrincipals, effect } = statement;
  const { caller } = request;
  if (principals !== undefined) return matchPrincipals(principals, caller);
  if (notPrincipals === undefined) return UNCERTAIN_MATCH;
  // "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a
  // permissions boundary policy attached" (IAM User Guide, NotPrincipal).
  if (effect === "Deny" && caller.permissionsBoundary !== undefined) return CERTAIN_MATCH;
  return matchNotPrincipals(notPrincipals, caller);
}

const UNCERTAIN_MATCH: PrincipalMatch = { direct: "unknown", role: "unknown", account: "unknown" };
const CERTAIN_MATCH: PrincipalMatch = { direct: "yes", role: "no", account: "no" };
