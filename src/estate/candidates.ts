import { isAccountId, tryParseIamArn } from "../iam/arn";
import type { Caller } from "../iam/evaluation/request";
import { asArray } from "../iam/policy-document";
import { AssumeGrants } from "./assume-grants";
import { cannotBeJudged, outsider, type Candidate, type LetInBy } from "./candidate";
import type { Estate, Identity } from "./estate";
import {
  anyoneOf,
  EVERYONE_ELSE,
  inSessions,
  MAY_ASSUME,
  NO_ACCOUNT,
  UNREAD,
  withUniqueIds,
  type OutsidePolicies,
} from "./made-up-callers";
import { PrincipalIndex } from "./principal-index";
import type { TrustStatement } from "./trust-statement";

/** Whether accounts of the estate may have principals that the estate does not hold. */
export type UnlistedPrincipals = "may exist" | "do not exist";

/** Finds whom a statement of a trust policy may let in, in the estate and outside of it. */
export class Candidates {
  private readonly principals: PrincipalIndex;
  private readonly grants: AssumeGrants;
  private readonly callers = new Map<Identity, Caller>();

  constructor(
    estate: Estate,
    private readonly unlisted: UnlistedPrincipals,
  ) {
    this.principals = new PrincipalIndex(estate);
    this.grants = new AssumeGrants(estate.identities.values());
  }

  /** An identity of the estate as a candidate. */
  identity(identity: Identity, by: LetInBy, trust?: TrustStatement): Candidate {
    const caller = this.callers.get(identity) ?? callerOf(identity);
    this.callers.set(identity, caller);
    return {
      principal: identity.arn,
      by,
      known: "identity",
      callers: inSessions(caller, trust),
      organizationId: identity.organizationId,
    };
  }

  /** Of a role whose trust policy cannot be read: anyone, and those whose permissions name it. */
  ofUnreadableTrust(role: Identity): readonly Candidate[] {
    const named = [...this.grants.naming(role.arn)];
    return [
      ...named.map((identity) => this.identity(identity, "account")),
      cannotBeJudged("*", "account"),
    ];
  }

  /** Whom a statement may let in; a principal may stand in several. */
  of(trust: TrustStatement, role: Identity): readonly Candidate[] {
    const { Principal: principal } = trust.statement;
    if (principal === undefined || principal === "*") return this.everyone(trust, role);
    const accounts = new Set<string>();
    const found: Candidate[] = [];
    for (const name of asArray<string>(principal.AWS)) {
      const accountId = isAccountId(name) ? name : accountOfRootArn(name);
      if (accountId !== undefined) accounts.add(accountId);
      else if (/^\*+$/.test(name)) found.push(...this.everyone(trust, role));
      else found.push(...this.named(name, "principal", trust));
    }
    if (accounts.size > 0) found.push(...this.ofAccounts(accounts, trust, role));
    for (const service of asArray<string>(principal.Service)) {
      found.push(outsider(service, { kind: "service", arn: service, identityPolicies: [] }));
    }
    for (const provider of asArray<string>(principal.Federated)) {
      found.push(outsider(provider, { kind: "federated", arn: provider, identityPolicies: [] }));
    }
    // Only S3 knows what account a canonical user ID stands for.
    for (const id of asArray<string>(principal.CanonicalUser)) {
      found.push(cannotBeJudged(id, "principal"));
    }
    return found;
  }

  private everyone(trust: TrustStatement, role: Identity): readonly Candidate[] {
    const { onlyArns, onlyAccounts, accountBy } = trust;
    if (onlyArns !== undefined) return this.namedOnes(onlyArns, trust);
    if (onlyAccounts !== undefined) {
      return onlyAccounts.flatMap((accountId) =>
        this.account(accountId, this.withoutDelegation(accountId, role), trust, role),
      );
    }
    const insiders = new Set([
      ...this.grants.anywhere(role.arn),
      ...this.withoutDelegation(role.accountId, role),
    ]);
    const anyone = { accountId: NO_ACCOUNT, ...MAY_ASSUME };
    return [
      ...[...insiders].map((identity) => this.identity(identity, accountBy, trust)),
      {
        principal: "*",
        by: accountBy,
        known: "nothing",
        callers: anyoneOf(anyone, trust, role),
      },
      ...EVERYONE_ELSE.map(({ caller, action }): Candidate => ({
        principal: "*",
        by: accountBy,
        known: "nothing",
        callers: [caller],
        action,
      })),
    ];
  }

  private ofAccounts(
    accounts: ReadonlySet<string>,
    trust: TrustStatement,
    role: Identity,
  ): readonly Candidate[] {
    const { onlyArns } = trust;
    if (onlyArns !== undefined) {
      const inAccounts = onlyArns.filter((arn) =>
        accounts.has(tryParseIamArn(arn)?.accountId ?? ""),
      );
      return this.namedOnes(inAccounts, trust);
    }
    return [...accounts].flatMap((accountId) =>
      this.account(accountId, this.grants.inAccount(accountId, role.arn), trust, role),
    );
  }

  /** Those of an account whom `*` lets in: in the role's own account nobody needs a permission. */
  private withoutDelegation(accountId: string, role: Identity): Iterable<Identity> {
    return accountId === role.accountId
      ? this.principals.inAccount(accountId)
      : this.grants.inAccount(accountId, role.arn);
  }

  private account(
    accountId: string,
    insiders: Iterable<Identity>,
    trust: TrustStatement,
    role: Identity,
  ): readonly Candidate[] {
    const { accountBy: by } = trust;
    const candidates = [...insiders].map((identity) => this.identity(identity, by, trust));
    const policies = this.policiesOutside(accountId);
    if (policies === undefined) return candidates;
    const principal = `arn:${partitionOf(role)}:iam::${accountId}:root`;
    const callers = anyoneOf({ accountId, ...policies }, trust, role);
    const organizationId = this.principals.organizationOf(accountId);
    return [...candidates, { principal, by, known: "account", callers, organizationId }];
  }

  private namedOnes(arns: readonly string[], trust: TrustStatement): readonly Candidate[] {
    return arns
      .filter((arn) => /^(role|user)$/.test(tryParseIamArn(arn)?.type ?? ""))
      .flatMap((arn) => this.named(arn, trust.accountBy, trust));
  }

  /** A role, user or role session by its ARN, or by the unique ID to which AWS pins it. */
  private named(name: string, by: LetInBy, trust: TrustStatement): readonly Candidate[] {
    const session = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(name);
    const identity =
      session === null
        ? this.principals.tryFind(name)
        : this.principals.tryFindRole(session[1], session[2]);
    if (identity !== undefined) return [this.identity(identity, by, trust)];
    // AWS shows the bare unique ID of a principal that was deleted.
    if (this.unlisted === "do not exist" && /^A[A-Z]{3}[A-Z0-9]+$/.test(name)) return [];
    const arn = tryParseIamArn(name);
    const kind = session === null ? arn?.type : "role";
    if (arn === undefined || (kind !== "role" && kind !== "user")) {
      return [cannotBeJudged(name, by)];
    }
    const { partition, accountId } = arn;
    const policies = this.policiesOutside(accountId);
    if (policies === undefined) return [];
    // The path of a session's role is not known: a session's ARN leaves it out.
    const [known, callerArn] =
      session === null
        ? (["name", name] as const)
        : (["account", `arn:${partition}:iam::${accountId}:role/${session[2]}`] as const);
    const callers = withUniqueIds({ kind, arn: callerArn, accountId, ...policies }, trust);
    const organizationId = this.principals.organizationOf(accountId);
    return [{ principal: name, by, known, callers, organizationId }];
  }

  /** The policies of principals of an account that the estate does not hold; undefined: there are none. */
  private policiesOutside(accountId: string): OutsidePolicies | undefined {
    if (!this.principals.isKnownAccount(accountId)) return MAY_ASSUME;
    return this.unlisted === "may exist" ? UNREAD : undefined;
  }
}

function callerOf(identity: Identity): Caller {
  const { kind, arn, accountId, policies, uniqueId, permissionsBoundary } = identity;
  return { kind, arn, accountId, identityPolicies: policies, uniqueId, permissionsBoundary };
}

function accountOfRootArn(name: string): string | undefined {
  const arn = tryParseIamArn(name);
  return arn?.type === "root" ? arn.accountId : undefined;
}

function partitionOf({ arn }: Identity): string {
  return arn.split(":")[1];
}
