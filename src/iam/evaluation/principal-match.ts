import { asArray, type PolicyPrincipal } from "../policy-document";
import { isAccountId, tryParseIamArn } from "../arn";
import type { Caller } from "./request";
import { sessionNameOf } from "./request-keys";
import { and, not, or, truthOf, type Truth } from "./three-valued";

/** The principals that a `Principal` or `NotPrincipal` element names, by what they are. */
export interface NamedPrincipals {
  /** `*`, alone or as an AWS principal. */
  readonly everyone: boolean;
  /** Account IDs, and `PARTITION:ID` where the account stands as an ARN. */
  readonly accounts: ReadonlySet<string>;
  /** ARNs of roles, users and role sessions. Wildcards in them mean nothing to AWS. */
  readonly arns: ReadonlySet<string>;
  readonly hasSessions: boolean;
  /** `AROA…` and `AIDA…`: what AWS keeps in place of the ARN of a role or user. */
  readonly uniqueIds: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly federated: ReadonlySet<string>;
}

/**
 * How a `Principal` element names a caller. In the caller's own account this decides what else is
 * needed (IAM User Guide, "Policy evaluation logic", "Resource-based policies"):
 */
export interface PrincipalMatch {
  /**
   * The user, the role's session, the root user (by its account) or everyone: no implicit deny
   * elsewhere limits it.
   */
  readonly direct: Truth;
  /** The role: no identity policy is needed, but boundary and session policies limit it. */
  readonly role: Truth;
  /** The account: it delegates, so that an identity policy must allow too. */
  readonly account: Truth;
}

/** Reads a `Principal` or `NotPrincipal` element. */
export function compilePrincipals(principal: PolicyPrincipal): NamedPrincipals {
  const named = principal === "*" ? { AWS: "*" } : principal;
  const aws = asArray<string>(named.AWS);
  const arns = aws.filter((name) => name.startsWith("arn:"));
  return {
    everyone: aws.some((name) => /^\*+$/.test(name)),
    accounts: new Set([...aws.filter(isAccountId), ...arns.flatMap(accountOfRootArn)]),
    arns: new Set(arns),
    hasSessions: arns.some((arn) => arn.includes(":assumed-role/")),
    uniqueIds: new Set(aws.filter((name) => /^A[A-Z]{3}[A-Z0-9]+$/.test(name))),
    services: new Set(principal === "*" ? [] : asArray(principal.Service)),
    federated: new Set(principal === "*" ? [] : asArray(principal.Federated)),
  };
}

/** How the principals of a `Principal` element name a caller. */
export function matchPrincipals(named: NamedPrincipals, caller: Caller): PrincipalMatch {
  if (caller.kind === "service" || caller.kind === "federated") {
    const names = caller.kind === "service" ? named.services : named.federated;
    const direct = truthOf(named.everyone || names.has(caller.arn));
    return { direct, role: "no", account: "no" };
  }
  const account = truthOf(namesAccount(named, caller));
  if (caller.kind === "root") {
    return { direct: or(truthOf(named.everyone), account), role: "no", account: "no" };
  }
  const entity = or(truthOf(named.arns.has(caller.arn)), namesUniqueId(named, caller));
  if (caller.kind === "user") {
    return { direct: or(truthOf(named.everyone), entity), role: "no", account };
  }
  return { direct: truthOf(named.everyone || namesSession(named, caller)), role: entity, account };
}

/**
 * Whether a `NotPrincipal` element exempts a caller. AWS may look at the account, the role and the
 * session in turn and tells to name the role or user together with its account (IAM User Guide,
 * "IAM JSON policy elements: NotPrincipal"): with only some of them named it cannot be told.
 */
function exemptsPrincipal(named: NamedPrincipals, caller: Caller): Truth {
  const { direct, role, account } = matchPrincipals(named, caller);
  if (named.everyone || !hasIdentityPolicies(caller)) return direct;
  const entity = caller.kind === "user" ? direct : role;
  if (direct === "no" && role === "no" && account === "no") return "no";
  return and(entity, account) === "yes" ? "yes" : "unknown";
}

/** Whether a caller is told apart from its account, and may have identity policies. */
export function hasIdentityPolicies({ kind }: Caller): boolean {
  return kind === "role" || kind === "user";
}

/** Whether a match names the caller in any way. */
export function matchesAtAll({ direct, role, account }: PrincipalMatch): Truth {
  return or(direct, or(role, account));
}

/** Everyone but those whom the element exempts: named in no other way than `*` would. */
export function matchNotPrincipals(named: NamedPrincipals, caller: Caller): PrincipalMatch {
  return { direct: not(exemptsPrincipal(named, caller)), role: "no", account: "no" };
}

function accountOfRootArn(arn: string): readonly string[] {
  const parsed = tryParseIamArn(arn);
  return parsed?.type === "root" ? [`${parsed.partition}:${parsed.accountId}`] : [];
}

function namesAccount({ accounts }: NamedPrincipals, { accountId, arn }: Caller): boolean {
  if (accounts.size === 0 || accountId === undefined) return false;
  const partition = arn.slice("arn:".length, arn.indexOf(":", "arn:".length));
  return accounts.has(`${partition}:${accountId}`) || accounts.has(accountId);
}

function namesUniqueId({ uniqueIds }: NamedPrincipals, caller: Caller): Truth {
  if (uniqueIds.size === 0) return "no";
  if (caller.uniqueId !== undefined) return truthOf(uniqueIds.has(caller.uniqueId));
  const prefix = caller.kind === "role" ? "AROA" : "AIDA";
  return [...uniqueIds].some((id) => id.startsWith(prefix)) ? "unknown" : "no";
}

function namesSession({ arns, hasSessions }: NamedPrincipals, caller: Caller): boolean {
  return hasSessions && arns.has(sessionArn(caller));
}

/** The ARN of a role's session: the role's without its path. */
function sessionArn(caller: Caller): string {
  const parts = caller.arn.split(":");
  const name = caller.arn.slice(caller.arn.lastIndexOf("/") + 1);
  return `arn:${parts[1]}:sts::${parts[4]}:assumed-role/${name}/${sessionNameOf(caller)}`;
}
