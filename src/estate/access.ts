import { isAccountId, tryParseIamArn } from "../iam/arn";
import { evaluateAssumeRole } from "../iam/evaluation/evaluate-assume-role";
import type { AssumeRoleRequest, Caller, RequestContext } from "../iam/evaluation/request";
import { coveredActions } from "../iam/evaluation/sts-action";
import { asArray, type PolicyDocument, type Statement } from "../iam/policy-document";
import { AssumeGrants } from "./assume-grants";
import type { Estate, Identity } from "./estate";
import { trustDemands, type TrustDemands } from "./trust-conditions";

/** One principal that can assume one role. */
export interface Access {
  readonly roleArn: string;
  /**
   * ARN of a role or user; of accounts outside the estate the account principal, or the ARN that the
   * trust narrows it to; a service; an OIDC or SAML provider; `*`.
   */
  readonly principal: string;
  /** `unknown` where a policy that decides cannot be read. */
  readonly result: "allowed" | "unknown";
  /** What a request must bring along: `MFA`, `external ID agreed`. */
  readonly needs: readonly string[];
  /**
   * By what the trust lets it in: named itself; by its account, narrowed to ARNs (`guarded account`) or
   * unique IDs; or by its account or everyone.
   */
  readonly by: "principal" | "unique ID" | "guarded account" | "account";
}

/** How many requests were judged, for tests that count instead of timing. */
export interface AccessCount {
  evaluations: number;
}

/**
 * Who can assume what on an estate: every role against every principal of all accounts.
 *
 * Each is judged by the request that the trust's conditions describe: with the external ID that they
 * demand, with MFA for users. Trust conditions and the other halves are indexed, so the cost grows
 * with accounts and accesses, not with pairs. Principals outside the estate are taken to have their
 * half.
 */
export function accessOf(
  estate: Estate,
  count: AccessCount = { evaluations: 0 },
): readonly Access[] {
  const judge = new Judge(estate, count);
  return [...estate.identities.values()].flatMap((role) =>
    role.kind === "role" ? judge.accessTo(role) : [],
  );
}

/** Whom a statement names, before it is judged. */
interface Candidate {
  readonly principal: string;
  readonly caller: Caller;
  readonly by: Access["by"];
  readonly organizationId?: string;
}

const ACCOUNT_BY = {
  arn: "guarded account",
  "unique-id": "unique ID",
  none: "account",
} as const;

class Judge {
  private readonly grants: AssumeGrants;
  private readonly byUniqueId: ReadonlyMap<string, Identity>;
  /** Accounts whose principals are known: others are taken to have their half. */
  private readonly knownAccounts: ReadonlySet<string>;
  private readonly callers = new WeakMap<Identity, Caller>();

  constructor(
    private readonly estate: Estate,
    private readonly count: AccessCount,
  ) {
    this.grants = new AssumeGrants(estate);
    this.knownAccounts = new Set([
      ...estate.accounts.keys(),
      ...[...estate.identities.values()].map(({ accountId }) => accountId),
    ]);
    this.byUniqueId = new Map(
      [...estate.identities.values()].flatMap((identity) =>
        identity.uniqueId === undefined ? [] : [[identity.uniqueId, identity] as const],
      ),
    );
  }

  accessTo(role: Identity): readonly Access[] {
    const { trustPolicy } = role;
    if (trustPolicy === undefined || trustPolicy === "unknown") return [];
    const found = new Map<string, Access>();
    for (const statement of asArray(trustPolicy.Statement)) {
      if (statement.Effect !== "Allow" || !mayAssume(statement)) continue;
      const demands = trustDemands(statement);
      for (const candidate of this.candidates(statement, role, demands)) {
        const access = this.judge(candidate, role, trustPolicy, demands);
        if (access !== undefined) keepStronger(found, access);
      }
    }
    return [...found.values()];
  }

  private judge(
    candidate: Candidate,
    role: Identity,
    trustPolicy: PolicyDocument,
    demands: TrustDemands,
  ): Access | undefined {
    this.count.evaluations += 1;
    const { caller } = candidate;
    const organizationId = candidate.organizationId ?? demands.context.organizationId;
    const context: RequestContext = {
      ...demands.context,
      mfa: caller.kind === "user",
      ...(organizationId !== undefined && { organizationId }),
    };
    const request: AssumeRoleRequest = {
      caller,
      role: { arn: role.arn, accountId: role.accountId, trustPolicy },
      context,
    };
    const { result } = evaluateAssumeRole(request);
    if (result === "denied") return undefined;
    return {
      roleArn: role.arn,
      principal: candidate.principal,
      result,
      needs: demands.needs,
      by: candidate.by,
    };
  }

  private candidates(
    statement: Statement,
    role: Identity,
    demands: TrustDemands,
  ): readonly Candidate[] {
    if (statement.NotPrincipal !== undefined) return this.everyone(role, demands);
    const { Principal: principal } = statement;
    if (principal === undefined) return [];
    if (principal === "*") return this.everyone(role, demands);
    return [
      ...asArray(principal.AWS).flatMap((named) => this.awsPrincipals(named, role, demands)),
      ...asArray(principal.Service).map((service) => outsider("service", service, "principal")),
      ...asArray(principal.Federated).map((arn) => outsider("federated", arn, "principal")),
    ];
  }

  private awsPrincipals(
    named: string,
    role: Identity,
    demands: TrustDemands,
  ): readonly Candidate[] {
    if (named === "*") return this.everyone(role, demands);
    const arn = tryParseIamArn(named);
    const accountId = isAccountId(named) ? named : arn?.type === "root" ? arn.accountId : undefined;
    if (accountId !== undefined) return this.account(accountId, role, demands);
    const identity = this.named(named);
    if (identity !== undefined) return [this.insider(identity, "principal")];
    const isOutside =
      arn !== undefined &&
      (arn.type === "role" || arn.type === "user") &&
      !this.knownAccounts.has(arn.accountId);
    return isOutside ? [external(named, arn.accountId, role, "principal")] : [];
  }

  /** A role, user or role session by its ARN, or by the unique ID that AWS shows for a pinned one. */
  private named(principal: string): Identity | undefined {
    const session = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal);
    if (session !== null) {
      return [...this.estate.identities.values()].find(
        ({ kind, accountId, name }) =>
          kind === "role" && accountId === session[2] && name === session[3],
      );
    }
    return this.estate.identities.get(principal) ?? this.byUniqueId.get(principal);
  }

  private account(accountId: string, role: Identity, demands: TrustDemands): readonly Candidate[] {
    const by = ACCOUNT_BY[demands.guard];
    if (this.knownAccounts.has(accountId)) {
      const identities =
        demands.onlyArns === undefined
          ? this.grants.inAccount(accountId, role.arn)
          : demands.onlyArns.flatMap((arn) => this.estate.identities.get(arn) ?? []);
      return identities
        .filter((identity) => identity.accountId === accountId)
        .map((identity) => this.insider(identity, by));
    }
    if (demands.onlyArns === undefined) {
      return [external(`arn:${partitionOf(role)}:iam::${accountId}:root`, accountId, role, by)];
    }
    return demands.onlyArns
      .filter((arn) => tryParseIamArn(arn)?.accountId === accountId)
      .map((arn) => external(arn, accountId, role, by));
  }

  private everyone(role: Identity, demands: TrustDemands): readonly Candidate[] {
    const by = ACCOUNT_BY[demands.guard];
    const identities =
      demands.onlyArns === undefined
        ? this.grants.anywhere(role.arn)
        : demands.onlyArns.flatMap((arn) => this.estate.identities.get(arn) ?? []);
    const outside: readonly Candidate[] =
      demands.onlyArns === undefined ? [external("*", "000000000000", role, by)] : [];
    return [...identities.map((identity) => this.insider(identity, by)), ...outside];
  }

  private insider(identity: Identity, by: Access["by"]): Candidate {
    const caller = this.callers.get(identity) ?? callerOf(identity);
    this.callers.set(identity, caller);
    const { arn, organizationId } = identity;
    return { principal: arn, caller, by, ...(organizationId !== undefined && { organizationId }) };
  }
}

function mayAssume(statement: Statement): boolean {
  if (statement.NotAction !== undefined) return true;
  const actions = coveredActions(asArray(statement.Action));
  return (
    actions.has("sts:AssumeRole") ||
    actions.has("sts:AssumeRoleWithWebIdentity") ||
    actions.has("sts:AssumeRoleWithSAML")
  );
}

function callerOf(identity: Identity): Caller {
  return {
    kind: identity.kind,
    arn: identity.arn,
    accountId: identity.accountId,
    identityPolicies: identity.policies,
    ...(identity.uniqueId !== undefined && { uniqueId: identity.uniqueId }),
    ...(identity.permissionsBoundary !== undefined && {
      permissionsBoundary: identity.permissionsBoundary,
    }),
  };
}

function outsider(kind: "service" | "federated", name: string, by: Access["by"]): Candidate {
  return { principal: name, caller: { kind, arn: name, identityPolicies: [] }, by };
}

/** A principal of an account that the estate does not hold: its half is its owner's, and taken as given. */
function external(
  principal: string,
  accountId: string,
  role: Identity,
  by: Access["by"],
): Candidate {
  const arn = tryParseIamArn(principal);
  const isNamed = arn?.type === "role" || arn?.type === "user";
  return {
    principal,
    by,
    caller: {
      kind: arn?.type === "user" ? "user" : isNamed ? "role" : "user",
      arn: isNamed ? principal : `arn:${partitionOf(role)}:iam::${accountId}:user/anyone`,
      accountId,
      identityPolicies: [
        {
          name: "its owner's",
          document: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
          },
        },
      ],
    },
  };
}

function partitionOf({ arn }: Identity): string {
  return arn.split(":")[1];
}

/** Of several ways in, the one that needs least is kept: it decides. */
function keepStronger(found: Map<string, Access>, access: Access): void {
  const known = found.get(access.principal);
  if (
    known === undefined ||
    (known.result === "unknown" && access.result === "allowed") ||
    (known.result === access.result && access.needs.length < known.needs.length)
  ) {
    found.set(access.principal, access);
  }
}
