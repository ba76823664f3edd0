import { isAccountId, tryParseIamArn } from "../iam/arn";
import type { CompiledStatement } from "../iam/evaluation/compiled-policy";
import type { Condition } from "../iam/evaluation/conditions";
import { hasWildcard } from "../iam/evaluation/wildcard-pattern";
import {
  asArray,
  policyDocument,
  type PolicyDocument,
  type PolicyPrincipal,
  type Statement,
} from "../iam/policy-document";
import type { LetInBy } from "./candidate";
import type { Question } from "./question";

/** A statement of a resource's policy that lets somebody in; a trust policy is a role's. */
export interface AdmittingStatement {
  readonly statement: Statement;
  /**
   * The policy without what other statements allow, so that it lets in whom this one does: denies stay,
   * and so do permissions to tag a session and to set its source identity.
   */
  readonly alone: PolicyDocument;
  readonly conditions: readonly Condition[];
  /** By what it lets in a principal that it names only by account, or by everyone. */
  readonly accountBy: LetInBy;
  /** Those whom `aws:PrincipalArn` leaves, where it lists plain ARNs; undefined where it does not. */
  readonly onlyArns?: readonly string[];
  /** The accounts that `aws:PrincipalAccount` or `aws:PrincipalArn` leaves, where they list plain IDs. */
  readonly onlyAccounts?: readonly string[];
}

/** The statements of a resource's policy that let somebody in. Kept by document object and question. */
export function admittingStatements(
  document: PolicyDocument,
  question: Question,
): readonly AdmittingStatement[] {
  const byKind = STATEMENTS.get(document) ?? new Map<string, readonly AdmittingStatement[]>();
  STATEMENTS.set(document, byKind);
  const known = byKind.get(question.kind);
  if (known !== undefined) return known;
  const lettingIn = lettingInBy(document, question);
  const statements = lettingIn.map((one): AdmittingStatement => {
    const { index, conditions } = one.compiled;
    return {
      statement: asArray(document.Statement)[index],
      alone: lettingIn.length === 1 ? document : without(document, lettingIn, one),
      conditions,
      accountBy: accountByOf(conditions),
      onlyArns: commonOf(conditions, "aws:principalarn", plainArn),
      onlyAccounts:
        commonOf(conditions, "aws:principalaccount", plainAccount) ??
        commonOf(conditions, "aws:principalarn", accountOfPattern),
    };
  });
  byKind.set(question.kind, statements);
  return statements;
}

const STATEMENTS = new WeakMap<PolicyDocument, Map<string, readonly AdmittingStatement[]>>();

/**
 * What allows besides the resource's policy, as a statement: identity policies of the resource's own
 * account, a KMS grant. What the policy denies holds for those as well.
 */
export function statementBesides(
  policy: PolicyDocument | undefined,
  question: Question,
  allows: PolicyPrincipal,
): AdmittingStatement {
  const statement = {
    Effect: "Allow",
    Principal: allows,
    Action: question.action,
    Resource: "*",
  } as const;
  const rest =
    policy === undefined
      ? policyDocument([])
      : without(policy, lettingInBy(policy, question), undefined);
  const alone = { ...rest, Statement: [...asArray(rest.Statement), statement] };
  return { statement, alone, conditions: [], accountBy: "account" };
}

/** A statement with what it allows besides letting somebody in. */
interface LettingIn {
  readonly compiled: CompiledStatement;
  readonly besides: readonly string[];
}

function lettingInBy(document: PolicyDocument, question: Question): readonly LettingIn[] {
  return question.statements(document, "resource").flatMap((compiled) => {
    const besides = compiled.effect === "Allow" ? question.besides(compiled) : undefined;
    return besides === undefined ? [] : [{ compiled, besides }];
  });
}

/** The document without what other statements let in; the rest of them stays. */
function without(
  document: PolicyDocument,
  lettingIn: readonly LettingIn[],
  kept: LettingIn | undefined,
): PolicyDocument {
  const others = new Map(
    lettingIn
      .filter((one) => one !== kept)
      .map(({ compiled, besides }) => [compiled.index, besides]),
  );
  const Statement = asArray(document.Statement).flatMap((statement, index) => {
    const besides = others.get(index);
    if (besides === undefined) return [statement];
    return besides.length === 0 ? [] : [{ ...statement, NotAction: undefined, Action: besides }];
  });
  return { ...document, Statement };
}

function accountByOf(conditions: readonly Condition[]): LetInBy {
  if (conditions.some((condition) => narrows(condition, "aws:userid"))) return "unique ID";
  return conditions.some((condition) => narrows(condition, "aws:principalarn"))
    ? "guarded account"
    : "account";
}

/** Whether a condition leaves some of an account's principals, told apart by this key. */
function narrows({ operator, lowerCaseKey, values }: Condition, key: string): boolean {
  return (
    lowerCaseKey === key &&
    /^(ForAnyValue:)?(Arn|String)(Equals|Like|EqualsIgnoreCase)(IfExists)?$/i.test(operator) &&
    values.every((value) => !LEAVES_ALL.test(value))
  );
}

/** `*`, `*:*` for `aws:userid`, `arn:aws:iam::111122223333:*` for `aws:PrincipalArn`. */
const LEAVES_ALL = /^(arn:.*:)?[*:]+$/;

/** What all conditions leave that list values of one form; undefined where none does. */
function commonOf(
  conditions: readonly Condition[],
  key: string,
  read: (value: string) => string | undefined,
): readonly string[] | undefined {
  let common: readonly string[] | undefined;
  for (const { operator, lowerCaseKey, values } of conditions) {
    if (lowerCaseKey !== key || !/^(Arn|String)(Equals|Like)$/i.test(operator)) continue;
    const list = values.map(read);
    if (list.includes(undefined)) continue;
    const plain = list.filter((value) => value !== undefined);
    common =
      common === undefined ? [...new Set(plain)] : common.filter((one) => plain.includes(one));
  }
  return common;
}

/** An ARN without wildcards and variables; of other things than roles and users it lets in nobody. */
function plainArn(value: string): string | undefined {
  const isPlain =
    !hasWildcard(value) && !value.includes("$") && tryParseIamArn(value) !== undefined;
  return isPlain ? value : undefined;
}

function plainAccount(value: string): string | undefined {
  return isAccountId(value) ? value : undefined;
}

function accountOfPattern(value: string): string | undefined {
  return /^arn:[a-z-]+:iam::(\d{12}):/.exec(value)?.[1];
}
