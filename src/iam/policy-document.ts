/** One value or several: IAM accepts both spellings wherever a list may stand. */
export type OneOrMany<T> = T | readonly T[];

/** Whom a statement names: `*`, or ARNs, account IDs and unique IDs by kind. */
export type PolicyPrincipal =
  | "*"
  | {
      readonly AWS?: OneOrMany<string>;
      readonly Service?: OneOrMany<string>;
      readonly Federated?: OneOrMany<string>;
      readonly CanonicalUser?: OneOrMany<string>;
    };

/** Condition operator to condition key to values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

/** A statement of a policy document, in IAM's own spelling. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: Conditions;
}

/** A policy document, in IAM's own spelling. */
export interface PolicyDocument {
  readonly Version?: "2012-10-17" | "2008-10-17";
  readonly Id?: string;
  readonly Statement: OneOrMany<Statement>;
}

/** The values of a field that may hold one or several, as a list; none for undefined. */
export function asArray<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** One value alone, several as a list: the spelling AWS gives back. */
export function oneOrMany<T>(values: readonly T[]): OneOrMany<T> {
  return values.length === 1 ? values[0] : values;
}

/** The current version of the policy language: the only one in which policy variables work. */
export const POLICY_VERSION = "2012-10-17";

/** A policy document of the current version with these statements. */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: POLICY_VERSION, Statement: statements };
}

/**
 * The size of a policy in characters as AWS counts it against its quotas: without white space
 * outside of strings (IAM User Guide, "IAM and AWS STS quotas").
 */
export function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}
