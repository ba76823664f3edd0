import { isAccountId, tryParseIamArn } from "../iam/arn";
import { compilePolicy, type CompiledStatement } from "../iam/evaluation/compiled-policy";
import type { Condition } from "../iam/evaluation/conditions";
import type { StsAction } from "../iam/evaluation/sts-action";
import { hasWildcard } from "../iam/evaluation/wildcard-pattern";
import { asArray, type PolicyDocument, type Statement } from "../iam/policy-document";
import type { LetInBy } from "./candidate";

/** A statement of a trust policy that lets somebody in. */
export interface TrustStatement {
  readonly statement: Statement;
  /**
   * The trust policy without what other statements allow, so that it lets in whom this one does:
   * denies stay, and so do permissions to tag a session and to set its source identity.
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

/** Operations by which a role is assumed. */
const ASSUMING: readonly StsAction[] = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoleWithSAML",
];

/** The statements of a trust policy that let somebody in. Kept by document object. */
export function trustStatements(document: PolicyDocument): readonly TrustStatement[] {
  const known = STATEMENTS.get(document);
  if (known !== undefined) return known;
  const compiled = compilePolicy(document, "trust");
  const lettingIn = compiled.filter(
    ({ effect, actions }) => effect === "Allow" && ASSUMING.some((action) => actions.has(action)),
  );
  const statements = lettingIn.map((one): TrustStatement => {
    const { index, conditions } = one;
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
  STATEMENTS.set(document, statements);
  return statements;
}

const STATEMENTS = new WeakMap<PolicyDocument, readonly TrustStatement[]>();

/** The document without the assuming that other statements allow; the rest of them stays. */
function without(
  document: PolicyDocument,
  lettingIn: readonly CompiledStatement[],
  kept: CompiledStatement,
): PolicyDocument {
  const others = new Map(
    lettingIn.filter((one) => one !== kept).map(({ index, actions }) => [index, actions]),
  );
  const Statement = asArray(document.Statement).flatMap((statement, index) => {
    const actions = others.get(index);
    if (actions === undefined) return [statement];
    const rest = [...actions].filter((action) => !ASSUMING.includes(action));
    return rest.length === 0 ? [] : [{ ...statement, NotAction: undefined, Action: rest }];
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
