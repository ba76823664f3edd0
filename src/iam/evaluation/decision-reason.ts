import type { PermissionCheck } from "./permission-check";
import { needsBothSides, type Effects, type GrantPath } from "./permission-effects";
import type { UnmetCondition } from "./statement-bearing";
import type { DecidingStatement } from "./request";
import { isUncertain, lookUpKey, sessionNameOf } from "./request-keys";

/** Why a permission is granted: who allows it on each side. */
export function allowedReason(check: PermissionCheck, path: GrantPath): string {
  const { caller } = check.request;
  const sides = path.grants.map(({ side, grant }) => {
    if (side === "trust policy") return `the trust policy names ${whomNamed(check, path)}`;
    const policy = grant.truth === "yes" ? callingName(grant.by.policy) : side;
    return `the ${policy} allows ${check.action}`;
  });
  const hasAccount = caller.kind === "user" || caller.kind === "role";
  const enough = hasAccount && sides.length === 1 ? ", which is enough in the same account" : "";
  return `${enumerate(sides)}${enough}`;
}

/** Why a permission is denied explicitly. */
export function explicitDenyReason({ policy, statement, sid }: DecidingStatement): string {
  const name = sid === undefined ? "" : ` (${sid})`;
  return `statement ${statement}${name} of the ${callingName(policy)} denies it explicitly`;
}

/** Why a permission is not granted: which side is missing, or which condition is not met. */
export function deniedReason(check: PermissionCheck, effects: Effects): string {
  const { trust, identity, boundary, session } = effects;
  const { caller, role } = check.request;
  const task = `${check.action} on ${role.arn}`;
  const isTrusted = [trust.direct, trust.role, trust.account].some(({ truth }) => truth !== "no");
  const bothSides = needsBothSides(check);
  const missing: string[] = [];
  if (!isTrusted) {
    missing.push(
      trust.unmet === undefined
        ? `the trust policy does not allow ${check.action} to ${caller.arn}`
        : `the ${unmetReason(check, trust.unmet, ` to ${caller.arn}`)}`,
    );
  }
  const delegates = isTrusted && trust.role.truth === "no";
  if (identity?.allow.truth === "no" && (bothSides || delegates)) {
    if (!bothSides) missing.push(`the trust policy names only the account ${caller.accountId}`);
    missing.push(
      identity.unmet === undefined
        ? `no identity policy of ${caller.arn} allows ${task}`
        : `the ${unmetReason(check, identity.unmet)}`,
    );
  }
  if (bothSides || isTrusted) {
    if (boundary?.allow.truth === "no") {
      missing.push(`the permissions boundary of ${caller.arn} does not allow ${task}`);
    }
    if (session?.allow.truth === "no") {
      missing.push(`no session policy of ${caller.arn} allows ${task}`);
    }
  }
  return enumerate(missing);
}

/** Why it cannot be told whether a permission is granted. */
export function unknownReason(doubts: readonly string[]): string {
  return `it cannot be told: ${enumerate([...new Set(doubts)])}`;
}

/** `trust policy allows … but its condition StringEquals sts:ExternalId is not met: …`. */
function unmetReason(check: PermissionCheck, unmet: UnmetCondition, whom = ""): string {
  const { operator, key, values } = unmet.condition;
  const expected = operator.toLowerCase().includes("not")
    ? `none of ${values.join(", ")}`
    : values.join(" or ");
  return (
    `${unmet.policy} allows ${check.action}${whom} but its condition ${operator} ${key} is not ` +
    `met: expected ${expected}, ${gotReason(check, unmet)}`
  );
}

function gotReason(check: PermissionCheck, { condition }: UnmetCondition): string {
  const value = lookUpKey(check, condition.lowerCaseKey);
  if (isUncertain(value)) return `and ${value.why}`;
  if (value === undefined) return "the request carries none";
  return `the request carries ${typeof value === "string" ? value : value.join(", ")}`;
}

function whomNamed({ request }: PermissionCheck, { named, grants }: GrantPath): string {
  const { caller } = request;
  if (named === "account") return `the account ${caller.accountId}`;
  const [{ grant }] = grants;
  const principals = grant.truth === "yes" ? grant.principals : undefined;
  if (principals === undefined) return "everyone but others (NotPrincipal)";
  if (principals.everyone) return "everyone";
  return caller.kind === "role" && named === "direct"
    ? `the session ${sessionNameOf(caller)} of ${caller.arn}`
    : caller.arn;
}

const OTHER_POLICIES = ["trust policy", "permissions boundary", "session policy"];

function callingName(policy: string): string {
  return OTHER_POLICIES.includes(policy) ? policy : `identity policy ${policy}`;
}

function enumerate(clauses: readonly string[]): string {
  if (clauses.length < 2) return clauses.join("");
  return `${clauses.slice(0, -1).join(", ")} and ${clauses[clauses.length - 1]}`;
}
