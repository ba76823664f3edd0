import { hasWildcard } from "../../iam/evaluation/wildcard-pattern";
import { asArray, type PolicyPrincipal, type Statement } from "../../iam/policy-document";
import { isAccountId, tryParseIamArn } from "../../iam/arn";

/** Whom statements speak of: in their principals, and in their conditions on the principal. */
export interface NamedPrincipals {
  everyone: boolean;
  /** IDs. */
  readonly accounts: Set<string>;
  /** ARNs of roles, users and role sessions, patterns among them. */
  readonly arns: Set<string>;
  /** `AROA…`, `AIDA…`. */
  readonly uniqueIds: Set<string>;
  /** Values of `aws:userid`, patterns among them. */
  readonly userIds: Set<string>;
  readonly services: Set<string>;
  readonly federated: Set<string>;
  /** Of which it cannot be told whom they mean: canonical user IDs. */
  readonly unjudged: Set<string>;
}

/** Everyone of whom some statements speak. */
export function namedPrincipals(statements: readonly Statement[]): NamedPrincipals {
  const named: NamedPrincipals = {
    everyone: false,
    accounts: new Set(),
    arns: new Set(),
    uniqueIds: new Set(),
    userIds: new Set(),
    services: new Set(),
    federated: new Set(),
    unjudged: new Set(),
  };
  for (const { Principal, NotPrincipal, Condition } of statements) {
    const guarded = isGuarded(Condition);
    if (Principal !== undefined) addPrincipal(named, Principal, guarded);
    if (NotPrincipal !== undefined) {
      // All others than these.
      named.everyone ||= !guarded;
      addPrincipal(named, NotPrincipal, guarded);
    }
    for (const keys of Object.values(Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        for (const value of asArray(values)) addValue(named, key.toLowerCase(), String(value));
      }
    }
  }
  return named;
}

/**
 * Whether a statement speaks of the principals alone that a condition lists by plain ARNs, whatever
 * accounts its principal element names.
 */
function isGuarded(conditions: Statement["Condition"]): boolean {
  return Object.entries(conditions ?? {}).some(
    ([operator, keys]) =>
      /^(Arn|String)(Equals|Like)$/i.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) =>
          key.toLowerCase() === "aws:principalarn" &&
          asArray(values).every(
            (value) => !hasWildcard(String(value)) && !/\$/.test(String(value)),
          ),
      ),
  );
}

function addPrincipal(named: NamedPrincipals, principal: PolicyPrincipal, guarded: boolean): void {
  if (principal === "*") {
    named.everyone ||= !guarded;
    return;
  }
  for (const name of asArray<string>(principal.AWS)) addName(named, name, guarded);
  for (const name of asArray<string>(principal.Service)) named.services.add(name);
  for (const name of asArray<string>(principal.Federated)) named.federated.add(name);
  for (const name of asArray<string>(principal.CanonicalUser)) named.unjudged.add(name);
}

function addName(named: NamedPrincipals, name: string, guarded: boolean): void {
  if (/^\*+$/.test(name)) named.everyone ||= !guarded;
  else if (isAccountId(name)) addAccount(named, name, guarded);
  else if (/^A[A-Z]{3}[A-Z0-9]+$/.test(name)) named.uniqueIds.add(name);
  else {
    const arn = tryParseIamArn(name);
    if (arn?.type === "root") addAccount(named, arn.accountId, guarded);
    // A wildcard within a principal's ARN names nobody.
    else if (arn !== undefined && !hasWildcard(name)) named.arns.add(name);
    else if (arn === undefined) named.unjudged.add(name);
  }
}

function addAccount({ accounts }: NamedPrincipals, accountId: string, guarded: boolean): void {
  if (!guarded) accounts.add(accountId);
}

function addValue(named: NamedPrincipals, key: string, value: string): void {
  const [, all] = /^arn:[^:]+:iam::(\d{12}):((role|user)\/)?\*$/.exec(value) ?? [];
  if (key === "aws:principalarn") {
    if (all === undefined) named.arns.add(value);
    else named.accounts.add(all);
  }
  if (key === "aws:userid") named.userIds.add(value);
  else if (key === "aws:principalaccount" && isAccountId(value)) named.accounts.add(value);
}
