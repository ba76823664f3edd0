import { tryParseIamArn } from "../iam/arn";
import type { Caller } from "../iam/evaluation/request";
import { asArray } from "../iam/policy-document";
import type { AdmittingStatement } from "./admitting-statement";
import { callerOf } from "./caller-of";
import { granteeCandidate } from "./grantee";
import { cannotBeJudged, outsidersOf, type Candidate, type LetInBy } from "./candidate";
import type { Estate, Identity } from "./estate";
import {
  anyoneOf,
  everyoneElse,
  inSessions,
  MAY_ANYTHING,
  NO_ACCOUNT,
  UNREAD,
  withUniqueIds,
  type OutsidePolicies,
} from "./made-up-callers";
import { PrincipalIndex, tryAccountOf } from "./principal-index";
import { Permissions } from "./permission-index";
import { partitionOf, type Question } from "./question";

/** Whether accounts of the estate may have principals that the estate does not hold. */
export type UnlistedPrincipals = "may exist" | "do not exist";

/** Finds whom a statement of the policy of a role or resource may let in, in the estate and outside of it. */
export class Candidates {
  private readonly principals: PrincipalIndex;
  private readonly permissions: Permissions;
  private readonly callers = new Map<Identity, Caller>();

  /** Those of an estate, which must not change: its principals are indexed once. */
  static of(estate: Estate, unlisted: UnlistedPrincipals): Candidates {
    const known = CANDIDATES[unlisted].get(estate);
    if (known !== undefined) return known;
    const made = new Candidates(estate, unlisted);
    CANDIDATES[unlisted].set(estate, made);
    return made;
  }

  constructor(
    private readonly estate: Estate,
    private readonly unlisted: UnlistedPrincipals,
  ) {
    this.principals = new PrincipalIndex(estate);
    this.permissions = new Permissions([...estate.identities.values()]);
  }

  /** An identity of the estate as a candidate. */
  identity(identity: Identity, by: LetInBy, admitting?: AdmittingStatement): Candidate {
    const caller = this.callers.get(identity) ?? callerOf(identity);
    this.callers.set(identity, caller);
    return {
      principal: identity.arn,
      by,
      known: "identity",
      callers: inSessions(caller, admitting),
      organizationId: identity.organizationId,
    };
  }

  /** Where the resource's policy cannot be read: anyone, and those whose permissions name it. */
  ofUnreadablePolicy(question: Question): readonly Candidate[] {
    const named = [...this.permissions.for(question).naming(question.resource.arn)];
    return [
      ...named.map((identity) => this.identity(identity, "account")),
      cannotBeJudged("*", "account"),
    ];
  }

  /** Whom a statement may let in; a principal may stand in several. */
  of(admitting: AdmittingStatement, question: Question): readonly Candidate[] {
    const { Principal: principal } = admitting.statement;
    if (principal === undefined || principal === "*") return this.everyone(admitting, question);
    const accounts = new Set<string>();
    const found: Candidate[] = [];
    for (const name of asArray<string>(principal.AWS)) {
      const accountId = tryAccountOf(name);
      if (accountId !== undefined) accounts.add(accountId);
      else if (/^\*+$/.test(name)) found.push(...this.everyone(admitting, question));
      else found.push(...this.named(name, "principal", admitting));
    }
    if (accounts.size > 0) found.push(...this.ofAccounts(accounts, admitting, question));
    found.push(...outsidersOf(principal));
    return found;
  }

  /** The grantee of a KMS grant. */
  grantee(name: string): Candidate {
    return granteeCandidate(name, this.principals.tryFind(name));
  }

  private everyone(admitting: AdmittingStatement, question: Question): readonly Candidate[] {
    const { onlyArns, onlyAccounts, accountBy } = admitting;
    if (onlyArns !== undefined) return this.namedOnes(onlyArns, admitting);
    if (onlyAccounts !== undefined) {
      return onlyAccounts.flatMap((accountId) =>
        this.account(accountId, this.withoutDelegation(accountId, question), admitting, question),
      );
    }
    const insiders = new Set([
      ...this.permissions.for(question).anywhere(question.resource.arn),
      ...this.withoutDelegation(question.resource.accountId, question),
    ]);
    const anyone = { accountId: NO_ACCOUNT, ...MAY_ANYTHING };
    return [
      ...[...insiders].map((identity) => this.identity(identity, accountBy, admitting)),
      {
        principal: "*",
        by: accountBy,
        known: "nothing",
        callers: anyoneOf(anyone, admitting, partitionOf(question)),
      },
      ...everyoneElse(question).map(({ caller, operation }): Candidate => ({
        principal: "*",
        by: accountBy,
        known: "nothing",
        callers: [caller],
        operation,
      })),
    ];
  }

  private ofAccounts(
    accounts: ReadonlySet<string>,
    admitting: AdmittingStatement,
    question: Question,
  ): readonly Candidate[] {
    const { onlyArns } = admitting;
    if (onlyArns !== undefined) {
      const inAccounts = onlyArns.filter((arn) =>
        accounts.has(tryParseIamArn(arn)?.accountId ?? ""),
      );
      return this.namedOnes(inAccounts, admitting);
    }
    return [...accounts].flatMap((accountId) =>
      this.account(
        accountId,
        this.permissions.for(question).inAccount(accountId, question.resource.arn),
        admitting,
        question,
      ),
    );
  }

  /** Those of an account whom `*` lets in: in the resource's own account nobody needs a permission. */
  private withoutDelegation(accountId: string, question: Question): Iterable<Identity> {
    return accountId === question.resource.accountId
      ? this.principals.inAccount(accountId)
      : this.permissions.for(question).inAccount(accountId, question.resource.arn);
  }

  private account(
    accountId: string,
    insiders: Iterable<Identity>,
    admitting: AdmittingStatement,
    question: Question,
  ): readonly Candidate[] {
    const { accountBy: by } = admitting;
    const candidates = [...insiders].map((identity) => this.identity(identity, by, admitting));
    const policies = this.policiesOutside(accountId);
    if (policies === undefined) return candidates;
    const principal = `arn:${partitionOf(question)}:iam::${accountId}:root`;
    const callers = anyoneOf({ accountId, ...policies }, admitting, partitionOf(question));
    const organizationId = this.principals.organizationOf(accountId);
    return [...candidates, { principal, by, known: "account", callers, organizationId }];
  }

  private namedOnes(arns: readonly string[], admitting: AdmittingStatement): readonly Candidate[] {
    return arns
      .filter((arn) => /^(role|user)$/.test(tryParseIamArn(arn)?.type ?? ""))
      .flatMap((arn) => this.named(arn, admitting.accountBy, admitting));
  }

  /** A role, user or role session by its ARN, or by the unique ID to which AWS pins it. */
  private named(name: string, by: LetInBy, admitting: AdmittingStatement): readonly Candidate[] {
    const session = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(name);
    const identity =
      session === null
        ? this.principals.tryFind(name)
        : this.principals.tryFindRole(session[1], session[2]);
    if (identity !== undefined) return [this.identity(identity, by, admitting)];
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
    const callers = withUniqueIds({ kind, arn: callerArn, accountId, ...policies }, admitting);
    const organizationId = this.principals.organizationOf(accountId);
    return [{ principal: name, by, known, callers, organizationId }];
  }

  /** The policies of principals of an account that the estate does not hold; undefined: there are none. */
  private policiesOutside(accountId: string): OutsidePolicies | undefined {
    const policies = this.principals.isKnownAccount(accountId) ? UNREAD : MAY_ANYTHING;
    if (policies === UNREAD && this.unlisted !== "may exist") return undefined;
    const service = this.estate.controlPolicies?.get(accountId)?.service;
    return service === undefined ? policies : { ...policies, serviceControlPolicies: service };
  }
}

const CANDIDATES: Readonly<Record<UnlistedPrincipals, WeakMap<Estate, Candidates>>> = {
  "may exist": new WeakMap(),
  "do not exist": new WeakMap(),
};
