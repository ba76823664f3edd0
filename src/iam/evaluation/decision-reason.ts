import {
  identitySuffices,
  needsBothSides,
  type Effects,
  type GrantPath,
} from "./permission-effects";
import { hasIdentityPolicies } from "./principal-match";
import type { AccessRequest, DecidingStatement } from "./request";
import { isUncertain, lookUpKey, sessionNameOf } from "./request-keys";
import { POLICY_NAMES, rulesFor } from "./service-rules";
import type { UnmetCondition } from "./statement-bearing";

/** Why a permission is granted: who allows it on each side. */
export function allowedReason(check: AccessRequest, path: GrantPath): string {
  const { caller, action, resource } = check;
  if (path.grants.length === 0) {
    return `${caller.arn} is the root user of the account of ${resource.arn}`;
  }
  const sides = path.grants.map(({ side, grant }) => {
    if (side === "resource policy") {
      return `the ${rulesFor(action).policyName} names ${whomNamed(check, path)}`;
    }
    const policy = grant.truth === "yes" ? callingName(grant.by.policy) : side;
    return `the ${policy} allows ${action}`;
  });
  const enough =
    hasIdentityPolicies(caller) && sides.length === 1
      ? ", which is enough in the same account"
      : "";
  return `${enumerate(sides)}${enough}`;
}

/** Why a permission is denied explicitly. */
export function explicitDenyReason({ policy, statement, sid }: DecidingStatement): string {
  const name = sid === undefined ? "" : ` (${sid})`;
  return `statement ${statement}${name} of the ${callingName(policy)} denies it explicitly`;
}

/** Why a permission is not granted: which side is missing, or which condition is not met. */
export function deniedReason(check: AccessRequest, effects: Effects): string {
  const { identity, boundary, session } = effects;
  const { caller, action, resource } = check;
  const task = `${action} on ${resource.arn}`;
  const { direct, role, account } = effects.resource;
  const isNamed = [direct, role, account].some(({ truth }) => truth !== "no");
  const bothSides = needsBothSides(check);
  const suffices = identity !== undefined && identitySuffices(check);
  const hasIdentity = suffices && identity.allow.truth !== "no";
  const missing: string[] = [];
  if (!isNamed && !hasIdentity && (!suffices || resource.policy !== undefined)) {
    missing.push(unnamedReason(check, effects));
  }
  const delegates = isNamed && role.truth === "no";
  if (identity?.allow.truth === "no" && (bothSides || delegates || (suffices && !isNamed))) {
    if (!bothSides && isNamed) {
      missing.push(`the ${rulesFor(action).policyName} names only the account ${caller.accountId}`);
    }
    missing.push(
      identity.unmet === undefined
        ? `no identity policy of ${caller.arn} allows ${task}`
        : `the ${unmetReason(check, identity.unmet)}`,
    );
  }
  if (bothSides || isNamed || hasIdentity) {
    if (boundary?.allow.truth === "no") {
      missing.push(`the permissions boundary of ${caller.arn} does not allow ${task}`);
    }
    if (session?.allow.truth === "no") {
      missing.push(`no session policy of ${caller.arn} allows ${task}`);
    }
  }
  return enumerate(missing);
}

/** Which level of control policies does not let a permission through that all others grant. */
export function notLetThroughReason(check: AccessRequest, { controls }: Effects): string {
  const { caller, action, resource } = check;
  const missing = controls
    .filter(({ effect }) => effect.allow.truth === "no")
    .map(({ side }) => {
      const account = side === "service control policy" ? caller.accountId : resource.accountId;
      return `the ${side.replace(/policy$/, "policies")} of account ${account} do not allow ${action}`;
    });
  return enumerate([...new Set(missing)]);
}

/** `the key policy does not allow … to …`, `… has no bucket policy`. */
function unnamedReason(check: AccessRequest, { resource: { unmet } }: Effects): string {
  const { caller, action, resource } = check;
  const { policyName } = rulesFor(action);
  if (resource.policy === undefined) return `${resource.arn} has no ${policyName}`;
  return unmet === undefined
    ? `the ${policyName} does not allow ${action} to ${caller.arn}`
    : `the ${unmetReason(check, unmet, ` to ${caller.arn}`)}`;
}

/** Why it cannot be told whether a permission is granted. */
export function unknownReason(doubts: readonly string[]): string {
  return `it cannot be told: ${enumerate([...new Set(doubts)])}`;
}

/** `trust policy allows … but its condition StringEquals sts:ExternalId is not met: …`. */
function unmetReason(check: AccessRequest, unmet: UnmetCondition, whom = ""): string {
  const { operator, key, values } = unmet.condition;
  const expected = operator.toLowerCase().includes("not")
    ? `none of ${values.join(", ")}`
    : values.join(" or ");
  return (
    `${unmet.policy} allows ${check.action}${whom} but its condition ${operator} ${key} is not ` +
    `met: expected ${expected}, ${gotReason(check, unmet)}`
  );
}

function gotReason(check: AccessRequest, { condition }: UnmetCondition): string {
  const value = lookUpKey(check, condition.lowerCaseKey);
  if (isUncertain(value)) return `and ${value.why}`;
  if (value === undefined) return "the request carries none";
  return `the request carries ${typeof value === "string" ? value : value.join(", ")}`;
}

function whomNamed({ caller }: AccessRequest, { named, grants }: GrantPath): string {
  if (named === "account") return `the account ${caller.accountId}`;
  const [{ grant }] = grants;
  const principals = grant.truth === "yes" ? grant.principals : undefined;
  if (principals === undefined) return "everyone but others (NotPrincipal)";
  if (principals.everyone) return "everyone";
  return caller.kind === "role" && named === "direct"
    ? `the session ${sessionNameOf(caller)} of ${caller.arn}`
    : caller.arn;
}

const OTHER_POLICIES: readonly string[] = [
  ...POLICY_NAMES,
  "permissions boundary",
  "session policy",
];

function callingName(policy: string): string {
  if (/^(service|resource) control policy /.test(policy)) return policy;
  return OTHER_POLICIES.includes(policy) ? policy : `identity policy ${policy}`;
}

function enumerate(clauses: readonly string[]): string {
  if (clauses.length < 2) return clauses.join("");
  return `${clauses.slice(0, -1).join(", ")} and ${clauses[clauses.length - 1]}`;
}
